-- The publication. Parameter 1: its name.
-- Columns: everything (FOR ALL TABLES), mine (whether the role may change it), whole (whether it publishes all kinds of changes, by leaf).
select p.puballtables as everything, pg_catalog.pg_has_role(p.pubowner, 'USAGE') as mine,
       p.pubinsert and p.pubupdate and p.pubdelete and p.pubtruncate and not p.pubviaroot as whole
  from pg_catalog.pg_publication p
 where p.pubname = ?

-- How many pages tables have. Parameter 1: their oids. Each is locked (ACCESS SHARE) while it is looked at.
-- Columns: oid, pages (of the main fork).
select t.oid, pg_catalog.pg_relation_size(t.oid::oid) / pg_catalog.current_setting('block_size')::bigint as pages
  from pg_catalog.unnest(?::bigint[]) t(oid)

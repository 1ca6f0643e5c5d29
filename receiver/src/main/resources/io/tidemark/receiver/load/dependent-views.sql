-- The views and materialised views that stand on a table or on one that it inherits from, directly or on one another. Parameter: the table's
-- name, quoted. Columns: schema, name.
with recursive family(oid) as (
  select ?::pg_catalog.regclass::oid
  union
  select i.inhparent from family f join pg_catalog.pg_inherits i on i.inhrelid = f.oid),
standing(oid) as (
  select oid from family
  union
  select r.ev_class
    from standing s
    join pg_catalog.pg_depend d on d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.refobjid = s.oid
     and d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
    join pg_catalog.pg_rewrite r on r.oid = d.objid and r.ev_class <> s.oid)
select n.nspname as schema, c.relname as name
  from standing s
  join pg_catalog.pg_class c on c.oid = s.oid and c.relkind in ('v', 'm')
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace

-- The columns of some tables but the generated ones, by what they are known again. Parameter 1: the tables' oids.
-- Columns: oid, file, schema, table, number, name, type, version.
select c.oid::bigint as oid, c.relfilenode::bigint as file, n.nspname as schema, c.relname as table, a.attnum as number, a.attname as name,
       pg_catalog.format_type(a.atttypid, a.atttypmod) as type, a.xmin::text as version
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
 where c.oid = any (?::bigint[]::oid[])
 order by c.oid, a.attnum

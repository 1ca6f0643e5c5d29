-- What the role may not do with relations. Parameter 1: their oids, bigint[].
select n.nspname as schema, c.relname as name, c.relkind::text as kind,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') as usage,
       case when c.relkind = 'S' then pg_catalog.has_sequence_privilege(c.oid, 'SELECT')
            else pg_catalog.has_table_privilege(c.oid, 'SELECT') end as readable,
       pg_catalog.row_security_active(c.oid) as filtered
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.oid = any (?::bigint[]::oid[])
 order by n.nspname, c.relname

-- The partitioned table above a partition, at the top; no row for other tables. Parameter: the table's quoted name. Column: name (quoted).
select pg_catalog.format('%I.%I', n.nspname, c.relname) as name
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.oid = pg_catalog.pg_partition_root(?::pg_catalog.regclass)

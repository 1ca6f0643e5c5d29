-- The CHECK constraints that tables define themselves. Columns: oid (of the table), name, definition.
select k.conrelid::bigint as oid, k.conname as name, pg_catalog.pg_get_constraintdef(k.oid) as definition
  from pg_catalog.pg_constraint k
  join pg_catalog.pg_namespace n on n.oid = k.connamespace
 where k.contype = 'c' and k.conrelid <> 0 and k.conislocal
   and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'tidemark')
 order by k.conrelid, k.conname

-- The CHECK constraints that tables define themselves. Parameter 1: oids of tables, each of which is locked (ACCESS SHARE) to print them.
-- Columns: oid (of the table), name, definition.
select k.conrelid::bigint as oid, k.conname as name, pg_catalog.pg_get_constraintdef(k.oid) as definition
  from pg_catalog.pg_constraint k
 where k.contype = 'c' and k.conrelid = any (?::bigint[]::oid[]) and k.conislocal
 order by k.conrelid, k.conname

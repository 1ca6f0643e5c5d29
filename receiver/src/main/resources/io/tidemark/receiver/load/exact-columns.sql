-- The columns of one table whose values are the same exactly when = says so: types with one form per value, and text whose collation tells
-- every difference. All others have to be compared as text. Parameters: schema, table. Column: name.
with recursive base(attnum, name, oid, sorting) as (
  select a.attnum, a.attname, a.atttypid, a.attcollation
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped
  union all
  select b.attnum, b.name, t.typbasetype, b.sorting
    from base b join pg_catalog.pg_type t on t.oid = b.oid and t.typtype = 'd')
select b.name
  from base b
  join pg_catalog.pg_type t on t.oid = b.oid and t.typtype <> 'd'
  left join pg_catalog.pg_collation l on l.oid = b.sorting
 where coalesce(l.collisdeterministic, true)
   and (t.typtype = 'e'
        or t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
           and t.typname in ('bool', 'int2', 'int4', 'int8', 'oid', 'char', 'name', 'text', 'varchar', 'bpchar', 'bytea', 'uuid',
                             'date', 'timestamp', 'timestamptz', 'time', 'bit', 'varbit', 'macaddr', 'macaddr8', 'pg_lsn', 'xid8'))

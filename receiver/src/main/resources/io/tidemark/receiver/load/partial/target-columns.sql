-- How the columns of one table take part in applying changes. Parameters: schema, table. Columns: name; base (the type below domains, as a
-- cast); domain (whether there is one); exact (whether values are the same exactly when = says so, see exact-columns.sql); always
-- (GENERATED ALWAYS AS IDENTITY); generated.
with recursive base(attnum, name, oid, typmod, sorting, identity, generated, depth) as (
  select a.attnum, a.attname, a.atttypid, a.atttypmod, a.attcollation, a.attidentity, a.attgenerated, 0
    from pg_catalog.pg_attribute a
    join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_namespace n on n.oid = c.relnamespace
   where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
  union all
  select b.attnum, b.name, t.typbasetype, t.typtypmod, b.sorting, b.identity, b.generated, b.depth + 1
    from base b join pg_catalog.pg_type t on t.oid = b.oid and t.typtype = 'd')
select b.name, pg_catalog.format_type(b.oid, b.typmod) as base, b.depth > 0 as domain, b.identity = 'a' as always, b.generated <> '' as generated,
       coalesce(l.collisdeterministic, true)
         and (t.typtype = 'e'
              or t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
                 and t.typname in ('bool', 'int2', 'int4', 'int8', 'oid', 'char', 'name', 'text', 'varchar', 'bpchar', 'bytea', 'uuid',
                                   'date', 'timestamp', 'timestamptz', 'time', 'bit', 'varbit', 'macaddr', 'macaddr8', 'pg_lsn', 'xid8')) as exact
  from base b
  join pg_catalog.pg_type t on t.oid = b.oid and t.typtype <> 'd'
  left join pg_catalog.pg_collation l on l.oid = b.sorting
 order by b.attnum

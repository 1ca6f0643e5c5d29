-- Every foreign key between tables that have rows of their own.
-- Columns: child and parent (oids), from_columns and to_columns (names, in the key's order), operators (that compare parent and child).
select c.conrelid::bigint as child,
       c.confrelid::bigint as parent,
       array(select a.attname::text from pg_catalog.unnest(c.conkey) with ordinality k(attnum, place)
               join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.attnum order by k.place) as from_columns,
       array(select a.attname::text from pg_catalog.unnest(c.confkey) with ordinality k(attnum, place)
               join pg_catalog.pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.attnum order by k.place) as to_columns,
       array(select pg_catalog.format('OPERATOR(%I.%s)', n.nspname, o.oprname)
               from pg_catalog.unnest(c.conpfeqop) with ordinality k(operator, place)
               join pg_catalog.pg_operator o on o.oid = k.operator
               join pg_catalog.pg_namespace n on n.oid = o.oprnamespace order by k.place) as operators
  from pg_catalog.pg_constraint c
  join pg_catalog.pg_class child on child.oid = c.conrelid and child.relkind = 'r'
  join pg_catalog.pg_class parent on parent.oid = c.confrelid and parent.relkind = 'r'
 where c.contype = 'f'
 order by c.conrelid, c.oid

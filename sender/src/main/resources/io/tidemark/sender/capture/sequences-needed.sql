-- Sequences that the defaults of the given tables use. Parameter: the tables' oids (bigint[]). Column: oid.
select distinct d.refobjid::bigint as oid
  from pg_catalog.pg_attrdef f
  join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid = f.oid and d.refclassid = 'pg_catalog.pg_class'::regclass
  join pg_catalog.pg_class s on s.oid = d.refobjid and s.relkind = 'S'
 where f.adrelid::bigint = any (?::bigint[])

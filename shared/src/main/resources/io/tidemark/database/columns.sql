-- The columns of tables, in catalogue order. Parameter 1: oids of ordinary or partitioned tables that relations.sql names. Printing an
-- expression takes a lock (ACCESS SHARE) on its table.
-- Columns: oid (of the table), name, type (as format_type prints it), not_null, identity ('', a, d), generated, expression (default or generation
-- expression), binary_safe (whether the
-- type's binary form means the same in another database: built-in types without numbers of catalogue objects, arrays, ranges and domains over
-- them, and enums, which are sent by label).
with recursive
scalar(name) as (values
  ('bool'), ('bytea'), ('char'), ('name'), ('int2'), ('int4'), ('int8'), ('text'), ('json'), ('jsonb'), ('point'), ('lseg'), ('path'), ('box'),
  ('polygon'), ('line'), ('circle'), ('float4'), ('float8'), ('money'), ('macaddr'), ('macaddr8'), ('inet'), ('cidr'), ('bpchar'), ('varchar'),
  ('date'), ('time'), ('timestamp'), ('timestamptz'), ('interval'), ('timetz'), ('bit'), ('varbit'), ('numeric'), ('uuid'), ('oid'),
  ('int4range'), ('int8range'), ('numrange'), ('tsrange'), ('tstzrange'), ('daterange'),
  ('int4multirange'), ('int8multirange'), ('nummultirange'), ('tsmultirange'), ('tstzmultirange'), ('datemultirange')),
safe(oid) as (
  select t.oid from pg_catalog.pg_type t join scalar s on s.name = t.typname
   where t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace
  union
  select t.typarray from pg_catalog.pg_type t join scalar s on s.name = t.typname
   where t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace and t.typarray <> 0
  union
  select t.oid from pg_catalog.pg_type t where t.typtype = 'e'
  union
  select t.oid from pg_catalog.pg_type t join safe on t.typtype = 'd' and t.typbasetype = safe.oid)
select a.attrelid::bigint as oid, a.attname as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as not_null,
       a.attidentity::text as identity, a.attgenerated <> '' as generated,
       coalesce((select pg_catalog.pg_get_expr(f.adbin, f.adrelid) from pg_catalog.pg_attrdef f where f.adrelid = a.attrelid and f.adnum = a.attnum), '') as expression,
       a.atttypid in (select safe.oid from safe) as binary_safe
  from pg_catalog.pg_attribute a
 where a.attnum > 0 and not a.attisdropped and a.attrelid = any (?::bigint[]::oid[])
 order by a.attrelid, a.attnum

-- What changes when a table gets another file or other columns. Tables that are seen through row-level security are left out: rows may come
-- and go there without being written. No parameters. Columns: oid, mark.
select c.oid::bigint as oid,
       c.oid || '/' || coalesce(pg_catalog.pg_relation_filenode(c.oid), 0) || '/'
         || (select pg_catalog.md5(pg_catalog.string_agg(a.attnum || ':' || a.xmin, ',' order by a.attnum))
               from pg_catalog.pg_attribute a
              where a.attrelid = c.oid) as mark
  from pg_catalog.pg_class c
 where c.relkind = 'r' and c.oid >= 16384 and c.relpersistence = 'p' and not pg_catalog.row_security_active(c.oid)

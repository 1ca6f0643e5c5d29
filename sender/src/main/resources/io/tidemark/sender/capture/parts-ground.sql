-- What makes rows print differently although nobody wrote them, and whether the server is still the same process: labels of enums, columns
-- of composite types, extensions; and who looks at them. No parameters.
select pg_catalog.pg_postmaster_start_time()::text
       || '/' || current_user
       || '/' || coalesce((select pg_catalog.md5(pg_catalog.string_agg(oid || ':' || xmin, ',' order by oid)) from pg_catalog.pg_enum), '')
       || '/' || coalesce((select pg_catalog.md5(pg_catalog.string_agg(oid || ':' || xmin, ',' order by oid)) from pg_catalog.pg_extension), '')
       || '/' || coalesce((select pg_catalog.md5(pg_catalog.string_agg(a.attrelid || '/' || a.attnum || ':' || a.xmin, ',' order by a.attrelid, a.attnum))
                             from pg_catalog.pg_attribute a
                             join pg_catalog.pg_class c on c.oid = a.attrelid and c.relkind = 'c'), '')

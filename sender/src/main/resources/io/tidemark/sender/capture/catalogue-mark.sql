-- One number that changes with every change of a definition: catalogue rows are versioned by the transaction that wrote them. VACUUM and
-- ANALYZE write pg_class in place and leave it; temporary tables are left out.
select coalesce(sum(('x' || pg_catalog.substr(pg_catalog.md5(k), 1, 15))::bit(60)::bigint), 0)::text as mark
  from (select 'c' || oid || ':' || xmin from pg_catalog.pg_class where relpersistence <> 't' and oid >= 16384 and relkind <> 't' and relkind <> 'i'
        union all select 'i' || indexrelid || ':' || xmin from pg_catalog.pg_index where indexrelid >= 16384
        union all select 'p' || oid || ':' || xmin from pg_catalog.pg_proc where oid >= 16384
        union all select 't' || oid || ':' || xmin from pg_catalog.pg_type where oid >= 16384 and typrelid = 0 and typelem = 0
        union all select 'e' || oid || ':' || xmin from pg_catalog.pg_enum
        union all select 'k' || oid || ':' || xmin from pg_catalog.pg_constraint where oid >= 16384
        union all select 'g' || oid || ':' || xmin from pg_catalog.pg_trigger
        union all select 'r' || oid || ':' || xmin from pg_catalog.pg_rewrite where oid >= 16384
        union all select 'y' || oid || ':' || xmin from pg_catalog.pg_policy
        union all select 'd' || oid || ':' || xmin from pg_catalog.pg_attrdef
        union all select 'a' || attrelid || '/' || attnum || ':' || xmin from pg_catalog.pg_attribute a
                   where attrelid >= 16384 and exists (select from pg_catalog.pg_class c where c.oid = a.attrelid and c.relpersistence <> 't')
        union all select 'n' || oid || ':' || xmin from pg_catalog.pg_namespace where nspname not like 'pg\_temp%' and nspname not like 'pg\_toast%') m(k)

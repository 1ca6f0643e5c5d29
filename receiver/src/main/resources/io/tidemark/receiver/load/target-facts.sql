-- What a load depends on, as far as the server and the role go. No parameters.
select current_setting('server_version_num')::int as version,
       current_setting('server_version') as version_text,
       pg_catalog.pg_encoding_to_char(d.encoding) as encoding,
       pg_catalog.has_database_privilege(d.oid, 'CREATE') as may_create,
       r.rolsuper as superuser,
       exists (select from pg_catalog.pg_namespace n where n.nspname = 'tidemark') as has_schema,
       exists (select from pg_catalog.pg_namespace n
                where n.nspname = 'tidemark' and pg_catalog.has_schema_privilege(n.oid, 'CREATE')) as may_use_schema,
       pg_catalog.pg_is_in_recovery() as standby,
       pg_catalog.current_database() as database,
       current_user::text as role
  from pg_catalog.pg_database d, pg_catalog.pg_roles r
 where d.datname = pg_catalog.current_database() and r.rolname = current_user

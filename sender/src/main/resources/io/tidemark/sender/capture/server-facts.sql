-- What a complete depends on, as far as the server and the role go. No parameters.
select current_setting('server_version_num')::int as version,
       current_setting('server_version') as version_text,
       pg_catalog.pg_encoding_to_char(d.encoding) as encoding,
       exists (select from pg_catalog.pg_conversion c
                where c.condefault and c.conforencoding = d.encoding
                  and pg_catalog.pg_encoding_to_char(c.contoencoding) = 'UTF8') as convertible,
       current_setting('wal_level') as wal_level,
       r.rolsuper or r.rolreplication as may_replicate,
       pg_catalog.pg_is_in_recovery() as standby,
       current_setting('max_replication_slots')::int
         - (select count(*) from pg_catalog.pg_replication_slots)::int as free_slots,
       extract(epoch from pg_catalog.clock_timestamp())::float8 as clock
  from pg_catalog.pg_database d, pg_catalog.pg_roles r
 where d.datname = pg_catalog.current_database() and r.rolname = current_user

-- Which database this is, and what the capture has to know of its server.
-- Columns: system, database, timeline, version, encoding, logical (whether WAL holds what logical decoding needs).
select (select system_identifier::text from pg_catalog.pg_control_system()) as system,
       (select oid::bigint from pg_catalog.pg_database where datname = pg_catalog.current_database()) as database,
       (select timeline_id from pg_catalog.pg_control_checkpoint()) as timeline,
       pg_catalog.current_setting('server_version_num')::int as version,
       pg_catalog.getdatabaseencoding() as encoding,
       pg_catalog.current_setting('wal_level') = 'logical' and not pg_catalog.pg_is_in_recovery() as logical

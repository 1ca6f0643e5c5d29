-- Which database this is, and what the capture has to know of its server.
-- Columns: system, database, timeline, version, encoding, logical (whether WAL holds what logical decoding needs).
-- A server that was promoted just now writes a new timeline already, while the last checkpoint is of the old one.
select (select system_identifier::text from pg_catalog.pg_control_system()) as system,
       (select oid::bigint from pg_catalog.pg_database where datname = pg_catalog.current_database()) as database,
       case when pg_catalog.pg_is_in_recovery() then (select timeline_id from pg_catalog.pg_control_checkpoint())
            else ('x' || pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8))::bit(32)::int end as timeline,
       pg_catalog.current_setting('server_version_num')::int as version,
       pg_catalog.getdatabaseencoding() as encoding,
       pg_catalog.current_setting('wal_level') = 'logical' and not pg_catalog.pg_is_in_recovery() as logical

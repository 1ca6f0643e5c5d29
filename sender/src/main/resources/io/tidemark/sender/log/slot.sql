-- The replication slot, and where the log stands. Parameter 1: the slot's name. One row, whether the slot is there or not.
-- Columns: there, ours (of this database and for pgoutput), active, confirmed, lost (the server has thrown away what it needs), retained (bytes of log that
-- it keeps back), flushed (where the log is on disk).
select s.slot_name is not null as there,
       coalesce(s.plugin = 'pgoutput' and not s.temporary
                and s.datoid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()), false) as ours,
       coalesce(s.active, false) as active,
       s.confirmed_flush_lsn::text as confirmed,
       s.slot_name is not null and (s.restart_lsn is null or coalesce(s.wal_status = 'lost', false)) as lost,
       coalesce(pg_catalog.pg_wal_lsn_diff(l.written, s.restart_lsn), 0)::bigint as retained,
       l.flushed::text as flushed
  from (select pg_catalog.pg_current_wal_lsn() as written, pg_catalog.pg_current_wal_flush_lsn() as flushed) l
  left join pg_catalog.pg_replication_slots s on s.slot_name = ?

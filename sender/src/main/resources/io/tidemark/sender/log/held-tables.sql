-- Tables that a transaction holds for itself, as all do that change how rows look. Parameter 1: oids of tables.
-- Columns: table, waiting (it is committed in the log and waits for a synchronous standby, as far as the role may see that).
select l.relation::pg_catalog.regclass::text as table,
       (select a.wait_event = 'SyncRep' from pg_catalog.pg_stat_activity a where a.pid = l.pid) is true as waiting
  from pg_catalog.pg_locks l
 where l.locktype = 'relation' and l.mode = 'AccessExclusiveLock' and l.granted
   and l.database = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
   and l.relation = any (?::bigint[]::oid[])

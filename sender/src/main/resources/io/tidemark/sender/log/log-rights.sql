-- What reading the log depends on. No parameters. Columns: standby, wal_level, may_replicate, role (quoted).
select pg_catalog.pg_is_in_recovery() as standby, pg_catalog.current_setting('wal_level') as wal_level,
       r.rolsuper or r.rolreplication as may_replicate, pg_catalog.quote_ident(r.rolname) as role
  from pg_catalog.pg_roles r
 where r.rolname = current_user

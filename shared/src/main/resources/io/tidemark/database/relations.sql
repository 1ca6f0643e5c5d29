-- Every relation outside the system's own schemas and tidemark, but those that belong to an extension (which creates them itself).
-- Columns: oid, schema, name, kind (pg_class.relkind), parent (oid of the partitioned table, 0 for none), inherits (oids of the
-- tables that it inherits from otherwise), owner (oid of the table that owns the sequence, 0 for none), heap (whether row positions can be cut by page), populated (materialised views).
select c.oid::bigint as oid, n.nspname as schema, c.relname as name, c.relkind::text as kind,
       coalesce((select i.inhparent from pg_catalog.pg_inherits i where i.inhrelid = c.oid and c.relispartition limit 1), 0)::bigint as parent,
       array(select i.inhparent::bigint from pg_catalog.pg_inherits i where i.inhrelid = c.oid and not c.relispartition) as inherits,
       coalesce((select d.refobjid from pg_catalog.pg_depend d
                  where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and c.relkind = 'S'
                    and d.refclassid = 'pg_catalog.pg_class'::regclass and d.deptype in ('a', 'i') limit 1), 0)::bigint as owner,
       coalesce(a.amname = 'heap', false) as heap,
       c.relispopulated as populated
  from pg_catalog.pg_class c
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  left join pg_catalog.pg_am a on a.oid = c.relam
 where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
   and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'tidemark')
   and not exists (select from pg_catalog.pg_depend d
                    where d.classid = 'pg_catalog.pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
 order by n.nspname, c.relname

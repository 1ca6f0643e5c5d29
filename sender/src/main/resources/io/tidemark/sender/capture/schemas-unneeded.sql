-- Schemas in which nothing is included and from which nothing included needs a type, a function or an extension.
-- Parameter: the oids of the included relations (bigint[]). Column: name.
with recursive needed(classid, objid) as (
  select 'pg_catalog.pg_class'::regclass::oid, x::oid from pg_catalog.unnest(?::bigint[]) x
  union
  select r.refclassid, r.refobjid
    from needed n
    join lateral (
      select d.refclassid, d.refobjid from pg_catalog.pg_depend d where d.classid = n.classid and d.objid = n.objid
      union all
      select d.refclassid, d.refobjid
        from (select 'pg_catalog.pg_attrdef'::regclass as class, f.oid from pg_catalog.pg_attrdef f where f.adrelid = n.objid
              union all select 'pg_catalog.pg_constraint'::regclass, k.oid from pg_catalog.pg_constraint k where k.conrelid = n.objid and k.contype <> 'f'
              union all select 'pg_catalog.pg_rewrite'::regclass, w.oid from pg_catalog.pg_rewrite w where w.ev_class = n.objid
              union all select 'pg_catalog.pg_trigger'::regclass, g.oid from pg_catalog.pg_trigger g where g.tgrelid = n.objid
              union all select 'pg_catalog.pg_policy'::regclass, p.oid from pg_catalog.pg_policy p where p.polrelid = n.objid
              union all select 'pg_catalog.pg_class'::regclass, i.indexrelid from pg_catalog.pg_index i where i.indrelid = n.objid) part
        join pg_catalog.pg_depend d on d.classid = part.class and d.objid = part.oid
       where n.classid = 'pg_catalog.pg_class'::regclass) r on r.refobjid >= 16384)
select s.nspname as name
  from pg_catalog.pg_namespace s
 where s.nspname not like 'pg\_%' and s.nspname not in ('information_schema', 'tidemark')
   and not exists (select from pg_catalog.pg_class c where c.relnamespace = s.oid and c.oid::bigint = any (?::bigint[]))
   and not exists (select from pg_catalog.pg_extension e where e.extnamespace = s.oid)
   and not exists (select from needed n join pg_catalog.pg_type t on n.classid = 'pg_catalog.pg_type'::regclass and t.oid = n.objid where t.typnamespace = s.oid)
   and not exists (select from needed n join pg_catalog.pg_proc p on n.classid = 'pg_catalog.pg_proc'::regclass and p.oid = n.objid where p.pronamespace = s.oid)

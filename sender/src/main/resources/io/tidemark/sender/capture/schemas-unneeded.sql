-- Schemas in which nothing is included and from which nothing included needs a type, a function or an extension.
-- Parameter: the oids of the included relations (bigint[]). Column: name.
with recursive needed(classid, objid) as (
  select 'pg_catalog.pg_class'::regclass::oid, x::oid from pg_catalog.unnest(?::bigint[]) x
  union
  select d.refclassid, d.refobjid
    from needed n
    join pg_catalog.pg_depend d on d.refobjid >= 16384
     and (d.classid = n.classid and d.objid = n.objid
          or n.classid = 'pg_catalog.pg_class'::regclass
             and (d.classid = 'pg_catalog.pg_attrdef'::regclass and d.objid in (select f.oid from pg_catalog.pg_attrdef f where f.adrelid = n.objid)
                  or d.classid = 'pg_catalog.pg_constraint'::regclass and d.objid in (select k.oid from pg_catalog.pg_constraint k where k.conrelid = n.objid and k.contype <> 'f')
                  or d.classid = 'pg_catalog.pg_rewrite'::regclass and d.objid in (select r.oid from pg_catalog.pg_rewrite r where r.ev_class = n.objid)
                  or d.classid = 'pg_catalog.pg_trigger'::regclass and d.objid in (select g.oid from pg_catalog.pg_trigger g where g.tgrelid = n.objid)
                  or d.classid = 'pg_catalog.pg_policy'::regclass and d.objid in (select p.oid from pg_catalog.pg_policy p where p.polrelid = n.objid)
                  or d.classid = 'pg_catalog.pg_class'::regclass and d.objid in (select i.indexrelid from pg_catalog.pg_index i where i.indrelid = n.objid))))
select s.nspname as name
  from pg_catalog.pg_namespace s
 where s.nspname not like 'pg\_%' and s.nspname not in ('information_schema', 'tidemark')
   and not exists (select from pg_catalog.pg_class c where c.relnamespace = s.oid and c.oid::bigint = any (?::bigint[]))
   and not exists (select from pg_catalog.pg_extension e where e.extnamespace = s.oid)
   and not exists (select from needed n join pg_catalog.pg_type t on n.classid = 'pg_catalog.pg_type'::regclass and t.oid = n.objid where t.typnamespace = s.oid)
   and not exists (select from needed n join pg_catalog.pg_proc p on n.classid = 'pg_catalog.pg_proc'::regclass and p.oid = n.objid where p.pronamespace = s.oid)

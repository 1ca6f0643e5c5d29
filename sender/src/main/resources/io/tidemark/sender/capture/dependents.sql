-- What cannot be defined without relations that are left out. Parameter: their oids (bigint[]).
-- Columns: class ('view', 'fk', 'policy', 'rule', 'trigger', 'function', 'procedure', 'aggregate'), oid (of the relation that is a view, else 0),
-- schema and name (of the view, the routine, or the table that the others are on), extra (the others' own name).
with recursive gone(class, oid) as (
  select 'rel', x::oid from pg_catalog.unnest(?::bigint[]) x
  union
  select n.class, n.oid
    from gone g
    join lateral (
      select 'rel' as class, r.ev_class as oid
        from pg_catalog.pg_depend d join pg_catalog.pg_rewrite r on r.oid = d.objid and r.rulename = '_RETURN'
       where d.classid = 'pg_catalog.pg_rewrite'::regclass
         and (g.class = 'rel' and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = g.oid
              or g.class = 'fun' and d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid = g.oid)
         and exists (select from pg_catalog.pg_class v where v.oid = r.ev_class and v.relkind in ('v', 'm'))
      union all
      select 'fun', d.objid
        from pg_catalog.pg_depend d
       where d.classid = 'pg_catalog.pg_proc'::regclass
         and (g.class = 'rel' and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = g.oid
              or g.class = 'rel' and d.refclassid = 'pg_catalog.pg_type'::regclass
                 and d.refobjid in (select t.oid from pg_catalog.pg_type t where t.typrelid = g.oid
                                    union all select t.typarray from pg_catalog.pg_type t where t.typrelid = g.oid and t.typarray <> 0))) n on true)
select 'view' as class, c.oid::bigint as oid, n.nspname as schema, c.relname as name, '' as extra
  from gone g join pg_catalog.pg_class c on g.class = 'rel' and c.oid = g.oid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('v', 'm') and c.oid::bigint <> all (?::bigint[])
union all
select distinct 'fk', 0, n.nspname, c.relname, r.conname
  from gone g join pg_catalog.pg_constraint k on g.class = 'rel' and k.contype = 'f' and k.confrelid = g.oid
  join lateral (with recursive up(oid, parent) as (
                  select k.oid, k.conparentid
                  union all
                  select p.oid, p.conparentid from up join pg_catalog.pg_constraint p on p.oid = up.parent)
                select up.oid from up where up.parent = 0) root on true
  join pg_catalog.pg_constraint r on r.oid = root.oid
  join pg_catalog.pg_class c on c.oid = r.conrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
union all
select 'policy', 0, n.nspname, c.relname, p.polname
  from gone g join pg_catalog.pg_depend d on g.class = 'rel' and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = g.oid
   and d.classid = 'pg_catalog.pg_policy'::regclass
  join pg_catalog.pg_policy p on p.oid = d.objid and p.polrelid <> g.oid
  join pg_catalog.pg_class c on c.oid = p.polrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
union all
select distinct 'rule', 0, n.nspname, c.relname, r.rulename
  from gone g join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_rewrite'::regclass
   and (g.class = 'rel' and d.refclassid = 'pg_catalog.pg_class'::regclass and d.refobjid = g.oid
        or g.class = 'fun' and d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid = g.oid)
  join pg_catalog.pg_rewrite r on r.oid = d.objid and r.rulename <> '_RETURN' and r.ev_class <> g.oid
  join pg_catalog.pg_class c on c.oid = r.ev_class join pg_catalog.pg_namespace n on n.oid = c.relnamespace
union all
select 'trigger', 0, n.nspname, c.relname, t.tgname
  from gone g join pg_catalog.pg_trigger t on g.class = 'fun' and t.tgfoid = g.oid and not t.tgisinternal
  join pg_catalog.pg_class c on c.oid = t.tgrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace
union all
select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end, 0, n.nspname,
       p.proname || '(' || coalesce((select pg_catalog.string_agg(pg_catalog.format_type(a.t, null), ', ' order by a.place)
                                       from pg_catalog.unnest(p.proargtypes::oid[]) with ordinality a(t, place)), '') || ')', ''
  from gone g join pg_catalog.pg_proc p on g.class = 'fun' and p.oid = g.oid join pg_catalog.pg_namespace n on n.oid = p.pronamespace

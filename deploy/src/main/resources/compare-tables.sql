-- One line for each table, materialised view and sequence outside of the system's schemas and Tidemark's own: its name, and a query that
-- gives the name, the number of its rows (of tables alone) and a checksum that does not depend on their order. Partitions are compared one by one.
with relation as (
    select c.oid, c.relkind, format('%I.%I', n.nspname, c.relname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'tidemark')
        and c.relkind in ('r', 'm', 'S') and c.relpersistence <> 't' and c.relispopulated
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
), expression as (
    select r.*, case when r.relkind = 'S' then 'row(last_value, is_called)'
        else 'row(' || coalesce((
            select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
            from pg_attribute a
            where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped), '') || ')' end as cells
    from relation r
)
select name, format(
    'select %L, %s || '' '' || coalesce(sum((''x'' || left(h, 15))::bit(60)::bigint), 0) || '' '''
        || ' || coalesce(sum((''x'' || right(h, 15))::bit(60)::bigint), 0) from (select md5(%s::text) as h from %s%s) t',
    name, case when relkind = 'r' then 'count(*)' else '0' end, cells, case when relkind = 'r' then 'only ' else '' end, name)
from expression
order by name collate "C";

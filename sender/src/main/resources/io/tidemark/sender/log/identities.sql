-- What decides whether a table may be published. Parameter 1: the publication's name.
-- Columns: oid, identity (pg_class.relreplident), permanent, indexed (the index that the identity needs is there, valid and not deferrable),
-- computed (a generated column is part of it, which the log does not hold), mine (whether the role may do what owners may), published (whether the
-- publication names it).
select c.oid::bigint as oid, c.relreplident::text as identity, c.relpersistence = 'p' as permanent,
       i.indexrelid is not null as indexed,
       coalesce((select pg_catalog.bool_or(a.attgenerated <> '') from pg_catalog.pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and a.attnum = any (i.indkey::int2[])), false) as computed,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') as mine,
       exists (select from pg_catalog.pg_publication_rel r join pg_catalog.pg_publication p on p.oid = r.prpubid
                where r.prrelid = c.oid and p.pubname = ?) as published
  from pg_catalog.pg_class c
  left join pg_catalog.pg_index i on i.indrelid = c.oid and i.indisvalid and i.indimmediate
        and case c.relreplident when 'd' then i.indisprimary when 'i' then i.indisreplident else false end
 where c.relkind in ('r', 'p') and c.relpersistence <> 't'

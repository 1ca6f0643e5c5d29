-- The key of every table that has one: the primary key, else the narrowest unique index over NOT NULL columns which is valid, immediate,
-- whole and on plain columns. Columns: oid (of the table), columns (names in index order).
select distinct on (i.indrelid) i.indrelid::bigint as oid,
       array(select a.attname::text from pg_catalog.unnest(i.indkey::int2[]) with ordinality k(attnum, place)
               join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
              where k.place <= i.indnkeyatts order by k.place) as columns
  from pg_catalog.pg_index i
  join pg_catalog.pg_class c on c.oid = i.indrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
 where i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null and i.indexprs is null
   and c.relkind in ('r', 'p') and c.relpersistence <> 't'
   and n.nspname not like 'pg\_%' and n.nspname not in ('information_schema', 'tidemark')
   and not exists (select from pg_catalog.unnest(i.indkey::int2[]) with ordinality k(attnum, place)
                     join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                    where k.place <= i.indnkeyatts and not a.attnotnull)
 order by i.indrelid, i.indisprimary desc, i.indnkeyatts, i.indexrelid

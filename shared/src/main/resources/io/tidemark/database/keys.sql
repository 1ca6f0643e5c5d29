-- The keys of tables that have one. Parameter 1: oids of ordinary or partitioned tables. The key is the primary key, else the narrowest
-- unique index over NOT NULL columns which is valid, immediate, whole and on plain columns. Columns: oid (of the table), columns (names in index order).
select distinct on (i.indrelid) i.indrelid::bigint as oid,
       array(select a.attname::text from pg_catalog.unnest(i.indkey::int2[]) with ordinality k(attnum, place)
               join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
              where k.place <= i.indnkeyatts order by k.place) as columns
  from pg_catalog.pg_index i
 where i.indrelid = any (?::bigint[]::oid[]) and i.indisunique and i.indisvalid and i.indimmediate and i.indpred is null and i.indexprs is null
   and not exists (select from pg_catalog.unnest(i.indkey::int2[]) with ordinality k(attnum, place)
                     join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
                    where k.place <= i.indnkeyatts and not a.attnotnull)
 order by i.indrelid, i.indisprimary desc, i.indnkeyatts, i.indexrelid

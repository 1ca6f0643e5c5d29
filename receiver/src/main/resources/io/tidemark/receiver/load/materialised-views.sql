-- The populated materialised views that came with a bundle, in the order in which the primary refreshed them. Parameter: source.
-- Columns: schema, name, has_key (whether a unique index lets it be refreshed without blocking its readers).
select d.schema, d.name,
       exists (select from pg_catalog.pg_index i
                where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null) as has_key
  from tidemark.definition d
  join pg_catalog.pg_namespace n on n.nspname = d.schema
  join pg_catalog.pg_class c on c.relnamespace = n.oid and c.relname = d.name and c.relkind = 'm'
 where d.source = ? and d.type = 'MATERIALIZED VIEW DATA' and c.relispopulated
 order by d.place

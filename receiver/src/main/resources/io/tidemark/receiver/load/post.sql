-- What post-processing steps have to look at, and how far each has come. Rows of post_load and post_change are written in the transactions of loads,
-- and removed once every step has passed them. Settings tidemark.after and tidemark.upto of a session choose the loads that the views show.
create schema if not exists tidemark;
create table if not exists tidemark.post_load (
  number bigint generated always as identity primary key, source text not null, sequence bigint not null, bundle text not null,
  kind text not null);
comment on table tidemark.post_load is 'loads that some step has not passed yet, in the order in which they were committed';
create table if not exists tidemark.post_change (
  load bigint not null, source text not null, schema text not null, name text not null, key jsonb, deleted boolean not null);
create index if not exists post_change_load on tidemark.post_change (load);
comment on table tidemark.post_change is 'rows that loads changed; without a key: anything in the table';
create table if not exists tidemark.post_step (
  name text primary key, place integer not null, required boolean not null, reached bigint, bundle text, state text not null,
  started timestamptz, finished timestamptz, milliseconds bigint, failures integer not null, retry timestamptz, message text not null);
comment on table tidemark.post_step is 'post-processing steps: reached is the last load that is done with; set it to null to have everything done again';
do $$ begin
  if pg_catalog.to_regclass('tidemark.changed_row') is null then
    create view tidemark.changed_row as
      select c.source, c.schema, c.name, c.key, (pg_catalog.array_agg(c.deleted order by c.load desc))[1] as deleted
        from tidemark.post_change c
       where c.key is not null
         and c.load > coalesce(nullif(pg_catalog.current_setting('tidemark.after', true), '')::bigint, 0)
         and c.load <= coalesce(nullif(pg_catalog.current_setting('tidemark.upto', true), '')::bigint, 9223372036854775807)
       group by c.source, c.schema, c.name, c.key;
    comment on view tidemark.changed_row is 'rows that changed since the running step ran last; key holds the key''s columns as text, deleted whether the row is gone';
    create view tidemark.changed_table as
      select distinct c.source, c.schema, c.name
        from tidemark.post_change c
       where c.key is null
         and c.load > coalesce(nullif(pg_catalog.current_setting('tidemark.after', true), '')::bigint, 0)
         and c.load <= coalesce(nullif(pg_catalog.current_setting('tidemark.upto', true), '')::bigint, 9223372036854775807)
      union
      select r.source, r.schema, r.name
        from tidemark.relation r
       where r.loaded and pg_catalog.current_setting('tidemark.after', true) = '-1';
    comment on view tidemark.changed_table is 'tables in which any row may have changed since the running step ran last, as after a first load';
  end if;
end $$

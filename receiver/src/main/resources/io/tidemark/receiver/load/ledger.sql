-- What Tidemark knows of this replica. Written in the same transactions as the data that it speaks of.
create schema if not exists tidemark;
create table if not exists tidemark.bundle (
  source text not null, sequence bigint not null, name text not null, kind text not null, manifest text not null,
  position text not null, created timestamptz not null, received timestamptz, started timestamptz not null, loaded timestamptz not null,
  milliseconds bigint not null, bytes bigint not null, rows bigint not null,
  inserted bigint not null, updated bigint not null, deleted bigint not null, equal boolean not null, receipt text not null,
  primary key (source, sequence));
comment on table tidemark.bundle is 'every bundle whose data are in this database';
create table if not exists tidemark.relation (
  source text not null, schema text not null, name text not null, loaded boolean not null, sequence bigint not null,
  rows bigint not null, digest text not null, format text not null, shape text not null, writers text not null,
  primary key (source, schema, name));
comment on table tidemark.relation is 'every replicated table as it was last proven: writers holds the transactions that wrote its rows';
create table if not exists tidemark.definition (
  source text not null, section text not null, place integer not null, type text not null, schema text not null, name text not null,
  repeat integer not null, statement text not null, primary key (source, type, schema, name, repeat));
comment on table tidemark.definition is 'every definition of the primary that was carried out here';
create table if not exists tidemark.source (
  source text primary key, position text not null, system text not null, database bigint not null, timeline integer not null,
  complete_position text not null, complete_sequence bigint not null, partial_sequence bigint not null, partial_manifest text not null,
  as_of timestamptz not null, loaded timestamptz not null);
comment on table tidemark.source is 'where the data of every source stand in the history of its primary';
do $$ begin
  if pg_catalog.to_regclass('tidemark.freshness') is null then
    create view tidemark.freshness as
      select r.source, r.schema, r.name, p.position, p.as_of, p.loaded, pg_catalog.now() - p.as_of as age
        from tidemark.relation r
        join tidemark.source s on s.source = r.source
        left join tidemark.bundle c on c.source = r.source and c.sequence = s.complete_sequence
        -- A table without a key is in no partial: it is as old as the last complete.
        cross join lateral (select case when keyless then c.position else s.position end as position,
                                   case when keyless then c.created else s.as_of end as as_of,
                                   case when keyless then c.loaded else s.loaded end as loaded
                              from (select r.shape::jsonb -> 'key' = '[]'::jsonb as keyless) k) p
       where r.loaded and r.sequence between 1 and s.complete_sequence;
    comment on view tidemark.freshness is 'how old the data of every replicated table are';
    grant usage on schema tidemark to public;
    grant select on tidemark.freshness to public;
  end if;
end $$

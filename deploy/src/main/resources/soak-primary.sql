-- What every transaction does to the rows of each table, noted in the same transaction: how many rows more, and how much the sum of their
-- hashes changes. Summed up in the order of commits this tells what each table held at any position of the log, without anything of Tidemark's.
create schema soak;
create table soak.record (relation text not null, present boolean, rows bigint not null, sum numeric not null);

-- Does not depend on the order of columns.
create function soak.hash(line json) returns bigint language sql immutable as $$
  select ('x' || left(md5(string_agg(key || '=' || coalesce(quote_literal(value), 'null'), ',' order by key collate "C")), 15))::bit(60)::bigint
    from json_each_text(line) $$;

create function soak.name(relation oid) returns text language sql stable as $$
  select n.nspname || '.' || c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.oid = relation $$;

create function soak.note() returns trigger language plpgsql security definer
  set search_path = pg_catalog set timezone = 'UTC' set bytea_output = 'hex' set intervalstyle = 'postgres' set extra_float_digits = 3 as $$
declare
  more int := 0;
  change numeric := 0;
begin
  if tg_op <> 'INSERT' then
    more := more - 1;
    change := change - soak.hash(row_to_json(old));
  end if;
  if tg_op <> 'DELETE' then
    more := more + 1;
    change := change + soak.hash(row_to_json(new));
  end if;
  insert into soak.record values (soak.name(tg_relid), null, more, change);
  return null;
end $$;

-- All rows of a table and of its partitions, once more (sign 1) or no more (sign -1); here says that the table is there, or is not.
create function soak.whole(root regclass, sign int, here boolean) returns void language plpgsql security definer
  set search_path = pg_catalog set timezone = 'UTC' set bytea_output = 'hex' set intervalstyle = 'postgres' set extra_float_digits = 3 as $$
declare
  leaf oid;
begin
  for leaf in with recursive tree(id) as (select root::oid union select inhrelid from pg_inherits join tree on inhparent = id)
              select id from tree join pg_class on oid = id where relkind = 'r' loop
    execute format('insert into soak.record select %L, %L::boolean, %s * count(*), %s * coalesce(sum(soak.hash(row_to_json(t))), 0) from only %s t',
        soak.name(leaf), here, sign, sign, leaf::regclass);
  end loop;
end $$;

create function soak.emptied() returns trigger language plpgsql security definer as $$
begin
  perform soak.whole(tg_relid, -1, null);
  return null;
end $$;

create function soak.watch(root regclass) returns void language plpgsql as $$
declare
  leaf oid;
begin
  execute format('create trigger soak_note after insert or update or delete on %s for each row execute function soak.note()', root);
  for leaf in with recursive tree(id) as (select root::oid union select inhrelid from pg_inherits join tree on inhparent = id)
              select id from tree join pg_class on oid = id where relkind = 'r' loop
    execute format('create trigger soak_emptied before truncate on %s for each statement execute function soak.emptied()', leaf::regclass);
  end loop;
  perform soak.whole(root, 1, true);
end $$;

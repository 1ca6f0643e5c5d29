-- What the replica holds when a bundle is committed, seen in the bundle's own transaction just before that: how many rows each table has, and
-- the sum of their hashes.
create schema soakside;
create table soakside.state (number bigserial primary key, bundle text not null, own text not null, position text not null, relation text not null, rows bigint not null, sum numeric not null);

create function soakside.hash(line json) returns bigint language sql immutable as $$
  select ('x' || left(md5(string_agg(key || '=' || coalesce(quote_literal(value), 'null'), ',' order by key collate "C")), 15))::bit(60)::bigint
    from json_each_text(line) $$;

create function soakside.look() returns trigger language plpgsql security definer
  set search_path = pg_catalog set timezone = 'UTC' set bytea_output = 'hex' set intervalstyle = 'postgres' set extra_float_digits = 3 as $$
declare
  known record;
  at text := (select position from tidemark.source where source = new.source);
begin
  for known in select r.schema, r.name from tidemark.relation r
                where r.source = new.source and r.loaded and to_regclass(format('%I.%I', r.schema, r.name)) is not null loop
    execute format('insert into soakside.state (bundle, own, position, relation, rows, sum)'
        ' select %L, %L, %L, %L, count(*), coalesce(sum(soakside.hash(row_to_json(t))), 0) from only %I.%I t',
        new.name, new.position, at, known.schema || '.' || known.name, known.schema, known.name);
  end loop;
  return null;
end $$;

create constraint trigger soak_look after insert on tidemark.bundle deferrable initially deferred for each row execute function soakside.look();
alter table tidemark.bundle enable always trigger soak_look;

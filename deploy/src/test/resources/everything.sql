-- One of everything that PostgreSQL 14 and later has in a database and that has to arrive. Run by psql as a superuser.
-- What needs a later version stands between \if lines.
select current_setting('server_version_num')::int >= 150000 as from15 \gset
set client_min_messages = warning;
set check_function_bodies = on;

create schema shop;
create schema "Ünïcode Schema.with-dots";
create schema audit;
comment on schema shop is 'What is sold; a quote '' and a backslash \ and ñ.';

-- Extensions which the owner of a database may create.
create schema ext;
create extension citext schema ext;
create extension hstore schema ext;
create extension pg_trgm schema ext;
create extension btree_gist schema ext;
create extension btree_gin schema ext;
create extension ltree schema ext;
create extension pgcrypto schema ext;
create extension intarray schema ext;

-- Types.
create type shop.mood as enum ('sad', 'ok', 'it''s "great"', 'ÿes');
create type shop."Case Mood" as enum ('A', 'a');
alter type shop.mood add value 'meh' before 'ok';
create domain shop.price as numeric(12, 2) default 0 not null check (value >= 0);
create domain shop.email as ext.citext check (value ~ '^[^@]+@[^@]+$');
create domain shop.moods as shop.mood[] check (cardinality(value) < 10);
create domain shop.smallprice as shop.price check (value < 1000);
create type shop.address as (street text, "House No" integer, mood shop.mood, tags text[]);
create type shop.person as (name text, home shop.address, others shop.address[]);
create type shop.float_range as range (subtype = double precision, multirange_type_name = shop.float_multirange);
create collation shop.bytewise from "C";

-- Functions and operators that others rely on.
create function shop.double(x integer) returns integer language sql immutable strict parallel safe return x * 2;
create function shop.atomic(x integer) returns table (a integer, b text) language sql stable
begin atomic
    select x as a, 'x' || x as b;
    select x + 1 as a, 'y' as b;
end;
create function shop.plpgsql_one(inout a integer, variadic b text[] default array['z'], out c shop.mood) language plpgsql security definer
    set search_path = shop, pg_catalog cost 7 as $body$
declare
    n integer := 0;
begin
    -- $$ and ; and ' inside, and an empty line

    for n in 1 .. 3 loop
        a := a + n;
    end loop;
    c := 'sad';
exception when others then
    raise notice 'no';
end;
$body$;
create procedure shop.nothing(x integer) language plpgsql as $$ begin null; end $$;
create function shop.add_moods(a integer, b shop.mood) returns integer language sql immutable as 'select a + length(b::text)';
create aggregate shop.mood_length(shop.mood) (sfunc = shop.add_moods, stype = integer, initcond = '0');
create function shop.same_mood(a shop.mood, b shop.mood) returns boolean language sql immutable as 'select a = b';
create operator shop.=== (leftarg = shop.mood, rightarg = shop.mood, function = shop.same_mood, commutator = operator(shop.===));
create function shop.mood_to_int(shop.mood) returns integer language sql immutable as 'select length($1::text)';
create cast (shop.mood as integer) with function shop.mood_to_int(shop.mood);
create text search dictionary shop.plain_simple (template = simple, accept = true);
create text search configuration shop.plain (copy = pg_catalog.simple);
alter text search configuration shop.plain alter mapping for asciiword with shop.plain_simple;
comment on function shop.double(integer) is 'twice';

-- Sequences.
create sequence shop.plain_seq;
create sequence shop.odd_seq as smallint increment by -3 minvalue -300 maxvalue 30 start with 27 cache 5 cycle;
create sequence shop.untouched_seq start with 42;
select nextval('shop.plain_seq'), nextval('shop.plain_seq'), nextval('shop.odd_seq');
select setval('shop.plain_seq', 9007199254740993, false);

-- Every type of column, awkward values, parts of which fail in careless hands.
create table shop.every_type (
    id bigint generated always as identity (start with 10 increment by 10) primary key,
    a_bool boolean, a_int2 smallint, a_int4 integer, a_int8 bigint, a_numeric numeric, a_numeric_12_2 numeric(12, 2),
    a_float4 real, a_float8 double precision, a_money money,
    a_text text, a_varchar varchar(20), a_char char(10), a_name name, a_inner_char "char", a_bytea bytea,
    a_date date, a_time time, a_timetz timetz, a_timestamp timestamp, a_timestamptz timestamptz, a_timestamptz_0 timestamptz(0),
    an_interval interval, an_interval_months interval year to month,
    an_uuid uuid, a_json json, a_jsonb jsonb, an_xml xml, a_jsonpath jsonpath,
    an_inet inet, a_cidr cidr, a_macaddr macaddr, a_macaddr8 macaddr8, a_bit bit(3), a_varbit bit varying(70),
    a_point point, a_line line, a_lseg lseg, a_box box, a_path path, a_polygon polygon, a_circle circle,
    a_tsvector tsvector, a_tsquery tsquery, a_pg_lsn pg_lsn, a_txid txid_snapshot, a_tid tid, an_oid oid,
    a_regclass regclass, a_regtype regtype, a_regproc regprocedure, a_regrole regrole,
    an_int4range int4range, a_numrange numrange, a_tstzrange tstzrange, a_datemultirange datemultirange,
    a_mood shop.mood, a_case_mood shop."Case Mood", a_price shop.smallprice, an_email shop.email,
    an_address shop.address, a_person shop.person, a_float_range shop.float_range, a_float_multirange shop.float_multirange,
    ints integer[], texts text[], moods shop.mood[], domain_of_moods shop.moods, addresses shop.address[], timestamps timestamptz[],
    ranges shop.float_range[], prices shop.price[],
    a_citext ext.citext, an_hstore ext.hstore, an_ltree ext.ltree,
    "quoted ""column"" ñ" integer, "UPPER" integer, "select" integer, "with.dot" integer, " " integer, "tab	inside" integer
);
insert into shop.every_type (a_bool, a_int2, a_int4, a_int8, a_numeric, a_numeric_12_2, a_float4, a_float8, a_money, a_text, a_varchar, a_char,
    a_name, a_inner_char, a_bytea, a_date, a_time, a_timetz, a_timestamp, a_timestamptz, a_timestamptz_0, an_interval, an_interval_months,
    an_uuid, a_json, a_jsonb, an_xml, a_jsonpath, an_inet, a_cidr, a_macaddr, a_macaddr8, a_bit, a_varbit, a_point, a_line, a_lseg, a_box, a_path,
    a_polygon, a_circle, a_tsvector, a_tsquery, a_pg_lsn, a_txid, a_tid, an_oid, a_regclass, a_regtype, a_regproc, a_regrole, an_int4range,
    a_numrange, a_tstzrange, a_datemultirange, a_mood, a_case_mood, a_price, an_email, an_address, a_person, a_float_range, a_float_multirange,
    ints, texts, moods, domain_of_moods, addresses, timestamps, ranges, prices, a_citext, an_hstore, an_ltree,
    "quoted ""column"" ñ", "UPPER", "select", "with.dot", " ", "tab	inside")
values (true, -32768, -2147483648, -9223372036854775808, 'NaN', -9999999999.99, '-0', 'Infinity', '-92233720368547758.08',
    E'tab\tnewline\ncarriage\rbackslash\\ \\N \\. quote'' "double" \u00f1 \U0001F600', '', 'pad', 'a_name', 'x', '\x00ff5c0a',
    '4713-01-01 BC', '24:00', '24:00:00-15:59', '294276-12-31 23:59:59.999999', '0044-03-15 12:00:00+00 BC', '2025-03-30 02:30:00 Europe/Madrid',
    '-178000000 years', '1 year 2 months', '00000000-0000-0000-0000-000000000000', '{"a" : 1,  "a":2, "\u00f1": null }',
    '{"b": [1, 2.50, {"c": "\u0041"}], "a": 1e2}', '<a b="c">text &amp; <!-- comment --></a>', '$.a[*] ? (@.b > 1)', '::ffff:1.2.3.4/128',
    '10.1.0.0/16', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', B'101', B'1111111111111111111111111111111111111111111111111111111111111111110',
    '(1.5,-0)', '{1,-1,0}', '[(0,0),(1e-300,1)]', '(3,4),(1,2)', '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '<(0,0),0.1>',
    'a:1A,3 fat:2 ''it''''s''', 'fat & (rat | !cat:*A) <-> x', '16/B374D848', '10:20:10,14,15', '(7,3)', 4294967295, 'shop.odd_seq',
    'shop.mood', 'shop.double(integer)', 'pg_monitor', 'empty', '(,1.5]', '[-infinity,infinity)', '{[2024-01-01,2024-02-01),[2025-01-01,)}',
    'it''s "great"', 'a', 999.99, 'Ñ@Example.org', row('Calle "X", 1', 7, 'meh', array['a,b', null, '']),
    row('p', row('s', null, 'ok', null), array[row('t', 1, 'sad', array['x'])::shop.address, null]), '[-Infinity,1e308)', '{[1,2),(3,4]}',
    '[-1:1]={1,null,-3}', array['', 'NULL', null, '{"x"}', 'a,b'], array['meh', null]::shop.mood[], array['it''s "great"']::shop.mood[],
    array[row('t', 1, 'sad', array['x'])::shop.address], array['infinity', '-infinity', '2025-01-01 00:00:00.000001+00']::timestamptz[],
    array['[1,2)'::shop.float_range], array[1, 2.50]::shop.price[], 'MixedCase', 'a=>1, "b c"=>NULL', 'Top.Child_1',
    1, 2, 3, 4, 5, 6);
insert into shop.every_type (id, a_price, a_date, a_timestamp, a_timestamptz, a_float4, a_float8, a_numeric, a_money, a_text, a_char, ints, an_interval)
overriding system value
values (-5, 0, 'infinity', '-infinity', 'infinity', 'NaN', '-Infinity', 1e-400, 0, '', '', '{}', '-1 mon +3 days -04:05:06.789'),
    (-6, 0.01, '-infinity', 'infinity', '-infinity', 1.17549435e-38, 4.9e-324, repeat('9', 2000)::numeric, 0.01, null, null, '{{1,2},{3,4}}', '0');
insert into shop.every_type (a_price) values (1), (2), (3);

-- Values that live outside of the row, and rows of different widths.
create table shop.toasted (id integer generated by default as identity primary key, story text, raw bytea, plain text);
alter table shop.toasted alter story set storage external;
alter table shop.toasted alter plain set storage main;
insert into shop.toasted (story, raw, plain)
select repeat(md5(i::text), 320 + i), decode(repeat(md5('r' || i), 640), 'hex'), repeat('same ', i * 500) from generate_series(1, 40) i;
insert into shop.toasted (story) values (null), (''), (repeat('ñ', 3000000));

-- Keys, checks, defaults, generated columns; references that go in a circle, to the table itself, and to nothing.
create table shop.customer (
    id serial primary key,
    code varchar(12) collate shop.bytewise not null unique,
    email shop.email,
    referred_by integer references shop.customer deferrable,
    favourite_order integer,
    born date default current_date - 10000,
    full_code text generated always as (upper(code) || '!') stored,
    "Score" integer not null default nextval('shop.odd_seq') check ("Score" between -300 and 30),
    constraint "odd ""name""" check (length(code) > 0) no inherit
);
create table shop.orders (
    customer_id integer not null references shop.customer on delete cascade on update cascade,
    number integer not null,
    total shop.price,
    twice integer generated always as (shop.double(number)) stored,
    placed timestamptz not null default '2025-01-01 00:00+00',
    during tstzrange,
    primary key (customer_id, number) include (total),
    constraint placed_once unique (placed, customer_id) deferrable initially deferred,
    constraint no_overlap exclude using gist (customer_id with =, during with &&) where (during is not null) deferrable
);
alter table shop.customer add constraint favourite foreign key (id, favourite_order) references shop.orders (customer_id, number)
    match simple deferrable initially deferred;
create table shop.line (
    customer_id integer, number integer, position smallint, item text,
    primary key (customer_id, number, position),
    foreign key (customer_id, number) references shop.orders on delete restrict,
    unique (item, position)
);
alter table shop.line add constraint not_checked_yet check (position > 0) not valid;
insert into shop.customer (code, email) select 'c' || i, 'c' || i || '@example.org' from generate_series(1, 200) i;
update shop.customer set "Score" = id % 30, referred_by = (id + 6) % 200 + 1;
insert into shop.orders (customer_id, number, total, placed, during)
select c, n, c * n, timestamptz '2025-01-01' + (c * 10 + n) * interval '1 h',
    case when n = 1 then tstzrange(timestamptz '2025-01-01', timestamptz '2025-01-02') end
from generate_series(1, 200) c, generate_series(1, 5) n;
update shop.customer set favourite_order = id % 5 + 1 where id % 3 = 0;
insert into shop.line select c, n, p, 'item ' || c || '/' || n from generate_series(1, 200) c, generate_series(1, 5) n, generate_series(1, 2) p
on conflict do nothing;
create table shop.nulls_in_unique (id integer primary key, a integer unique, b integer);
insert into shop.nulls_in_unique values (1, null, null), (2, null, null), (3, 1, 1);
\if :from15
alter table shop.nulls_in_unique add constraint nulls_are_one unique nulls not distinct (a, id, b);
\endif
create table shop.replica_full (a integer, b text);
alter table shop.replica_full replica identity full;
insert into shop.replica_full values (1, 'x'), (1, 'x'), (null, null);
create table shop.unique_only (a integer not null, b integer, c text, unique (a));
insert into shop.unique_only values (1, 1, 'x'), (2, null, 'y');
create table shop.deferrable_key (a integer primary key deferrable initially deferred, b text);
insert into shop.deferrable_key values (1, 'x'), (2, 'y');

-- Indexes of every kind.
create table shop.indexed (id integer primary key, t text, n integer, tags integer[], doc jsonb, p point, r int4range, at timestamptz, w tsvector);
insert into shop.indexed
select i, 'text ' || md5(i::text), i % 50, array[i, i % 7], jsonb_build_object('k', i % 10), point(i, -i), int4range(i, i + 10),
    timestamptz '2025-01-01' + i * interval '1 min', to_tsvector('simple', 'word' || i % 13)
from generate_series(1, 3000) i;
create index on shop.indexed using btree (n desc nulls last, t text_pattern_ops);
create index on shop.indexed using hash (t);
create index on shop.indexed using gin (tags ext.gin__int_ops);
create index on shop.indexed using gin (doc jsonb_path_ops) with (fastupdate = off);
create index on shop.indexed using gin (t ext.gin_trgm_ops);
create index on shop.indexed using gist (p);
create index on shop.indexed using spgist (r);
create index on shop.indexed using brin (at) with (pages_per_range = 8);
create index on shop.indexed using gin (w);
create index "partial ""index""" on shop.indexed (n) where n > 10 and t like 'text%';
create unique index on shop.indexed (lower(t), (n + 1)) include (id) where id > 0;
create index on shop.indexed (shop.double(n));
create index on shop.indexed (t collate "C") with (fillfactor = 70);
create statistics shop.stat (dependencies, mcv) on n, t from shop.indexed;
alter table shop.indexed alter t set statistics 500;
alter table shop.indexed cluster on indexed_pkey;

-- Partitions: by range with a default, by list with partitions below, by hash; keys over all of them; odd attachments.
create table shop.sale (id bigint generated by default as identity, day date not null, region text not null, amount shop.price,
    customer_id integer references shop.customer, primary key (id, day, region)) partition by range (day);
create table shop.sale_2024 partition of shop.sale for values from ('2024-01-01') to ('2024-12-31') partition by list (region);
create table shop.sale_2024_eu partition of shop.sale_2024 for values in ('eu', 'EU');
create table shop.sale_2024_rest partition of shop.sale_2024 default partition by hash (id);
create table shop.sale_2024_rest_0 partition of shop.sale_2024_rest for values with (modulus 2, remainder 0);
create table shop.sale_2024_rest_1 partition of shop.sale_2024_rest for values with (modulus 2, remainder 1);
create table shop.sale_default partition of shop.sale default;
-- Columns in another order than the parent's, and one that was dropped.
create table audit."sale 2025" (gone integer, amount shop.price, region text not null, customer_id integer, day date not null, id bigint not null);
alter table audit."sale 2025" drop column gone;
alter table shop.sale attach partition audit."sale 2025" for values from ('2025-01-01') to ('2026-01-01');
create index on shop.sale (region, amount);
create index on only shop.sale (customer_id);
alter table shop.sale_default alter amount set default 7;
insert into shop.sale (day, region, amount, customer_id)
select date '2023-12-01' + i, (array['eu', 'us', 'EU', 'as'])[i % 4 + 1], i, i % 200 + 1 from generate_series(1, 1000) i;
create table shop.empty_parent (a integer) partition by list (a);
create table shop.points (customer_id integer primary key references shop.customer, sale_id bigint, day date, region text,
    foreign key (sale_id, day, region) references shop.sale);
insert into shop.points select customer_id, min(id), day, region from shop.sale where id < 50 group by customer_id, day, region;

-- Inheritance.
create table shop.animal (id integer primary key, name text not null default 'unnamed', check (id > 0));
create table shop.dog (breed text) inherits (shop.animal);
create table shop.cat (lives integer default 9, name text default 'cat') inherits (shop.animal);
alter table shop.dog add primary key (id);
create table shop.catdog (name text default 'catdog') inherits (shop.dog, shop.cat);
insert into shop.animal values (1, 'generic'), (2, 'generic');
insert into shop.dog values (1, 'rex', 'x'), (3, 'rex', null);
insert into shop.cat values (1, 'tom', 9), (1, 'tom', 9);
insert into shop.catdog (id) values (5);

-- Tables without a key, with rows that are there several times; without columns; without rows; with generated columns alone.
create table shop.keyless (a integer, b text, c jsonb, d json, e point, f xml);
insert into shop.keyless values (1, 'x', '{}', '{"a":1}', '(1,2)', '<a/>'), (1, 'x', '{}', '{"a":1}', '(1,2)', '<a/>'),
    (1, 'x', '{}', '{"a": 1}', '(1,2)', '<a></a>'), (null, null, null, null, null, null), (null, null, null, null, null, null);
create table shop.no_columns ();
insert into shop.no_columns default values;
insert into shop.no_columns default values;
insert into shop.no_columns default values;
create table shop.no_rows (id uuid primary key default gen_random_uuid(), t text not null);
create table shop.generated_only (g integer generated always as (42) stored);
insert into shop.generated_only default values;
insert into shop.generated_only default values;
create table shop.identity_only (id integer generated always as identity);
insert into shop.identity_only default values;
insert into shop.identity_only default values;
create table shop.lost_columns (a integer, b text, c integer primary key);
insert into shop.lost_columns values (1, 'x', 1), (2, 'y', 2);
alter table shop.lost_columns drop column a;
alter table shop.lost_columns add column d text default 'later';
create table shop.json_key (k jsonb primary key, n numeric);
insert into shop.json_key values ('{"a": [1]}', 1.10), ('"1"', 1.1), ('1', 1.100);
create table shop.text_key (k text collate shop.bytewise, f float8, primary key (k, f));
insert into shop.text_key values ('a', 'NaN'), ('a', 0), ('', 1), (E'\t\n\\.', 2);
create table shop.typed of shop.address;
alter table shop.typed add primary key (street);
insert into shop.typed values ('s', 1, 'sad', null);

-- Names that need quoting everywhere.
create table "Ünïcode Schema.with-dots"."Table ""X"" with.dot-dash 'quote' and ñ" ("ID" integer primary key, "a.b" text, "$1" text, "%s" text, "\n" text);
insert into "Ünïcode Schema.with-dots"."Table ""X"" with.dot-dash 'quote' and ñ" values (1, 'x', '$$', '%s', E'\n'), (2, null, '', '{}', '\N');
create sequence "Ünïcode Schema.with-dots"."seq ""q""";
select nextval('"Ünïcode Schema.with-dots"."seq ""q"""');
create table "select" ("from" integer primary key references "Ünïcode Schema.with-dots"."Table ""X"" with.dot-dash 'quote' and ñ");
insert into "select" values (1);
create table "this name has exactly sixty-three bytes of which none is wasted" ("this column too has exactly sixty-three bytes and none is wasted" text);
insert into "this name has exactly sixty-three bytes of which none is wasted" values ('x');
create table "../../etc/passwd" (a integer);
insert into "../../etc/passwd" values (1);
create table "; drop table x; --" ("'); --" integer primary key);
insert into "; drop table x; --" values (1);

-- Views, one upon the other, materialised ones too.
create view shop.rich as select id, code, full_code from shop.customer where "Score" > 5;
create view shop.richer with (security_barrier) as select * from shop.rich where id > 10 with cascaded check option;
create recursive view shop.chain (n) as values (1) union all select n + 1 from chain where n < 5;
create materialized view shop.totals as select customer_id, sum(total) as total, count(*) from shop.orders group by 1;
create unique index on shop.totals (customer_id);
create materialized view shop.totals_of_totals as select sum(total) from shop.totals;
create materialized view shop.not_filled as select 1 as one with no data;
create view shop.over_totals as select * from shop.totals_of_totals;
\if :from15
create view shop.invoked with (security_invoker) as select count(*) from shop.customer;
\endif
create function shop.rich_of(r shop.rich) returns text language sql as 'select r.code';
comment on view shop.rich is 'those above 5';
comment on column shop.rich.code is 'a column''s comment';
comment on materialized view shop.totals is 'sums';

-- Triggers and rules which would spoil a load if they fired.
create table audit.log (id bigserial primary key, what text, at timestamptz default clock_timestamp());
create function audit.note() returns trigger language plpgsql as $$
begin
    insert into audit.log (what) values (tg_op || ' ' || tg_table_name);
    if tg_op <> 'DELETE' and tg_level = 'ROW' and tg_when = 'BEFORE' then
        new.b := coalesce(new.b, '') || ' (touched by a trigger)';
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;
create table shop.watched (a integer primary key, b text);
create trigger before_row before insert or update or delete on shop.watched for each row execute function audit.note();
create trigger after_statement after insert or truncate on shop.watched execute function audit.note();
create constraint trigger late after insert on shop.watched deferrable initially deferred for each row execute function audit.note();
insert into shop.watched values (1, 'x'), (2, null);
create trigger switched_off before insert on shop.watched for each row execute function audit.note();
alter table shop.watched disable trigger switched_off;
create trigger always_on after insert on shop.watched for each row when (new.a > 1000000) execute function audit.note();
alter table shop.watched enable always trigger always_on;
comment on trigger before_row on shop.watched is 'fires';
create table shop.ruled (a integer primary key, b text);
insert into shop.ruled values (1, 'x'), (2, 'y');
create rule no_delete as on delete to shop.ruled do instead nothing;
create rule also as on insert to shop.ruled do also insert into audit.log (what) values ('rule ' || new.a);
create view shop.ruled_view as select * from shop.ruled;
create rule insert_it as on insert to shop.ruled_view do instead insert into shop.ruled values (new.a, new.b);
create trigger instead instead of update on shop.rich for each row execute function audit.note();

-- Row-level security that hides everything from everyone.
create table shop.secret (a integer primary key, owner text, t text);
insert into shop.secret values (1, 'nobody', 'x'), (2, 'somebody', 'y');
alter table shop.secret enable row level security;
alter table shop.secret force row level security;
create policy mine on shop.secret as permissive for select to public using (owner = current_user);
create policy never on shop.secret as restrictive for all using (false) with check (false);
comment on policy mine on shop.secret is 'only mine';

-- Grants and owners, which do not travel unless asked for.
grant select on shop.customer to public;
grant select (total) on shop.orders to public;
alter default privileges in schema shop grant select on tables to public;

-- Comments on everything else.
comment on table shop.customer is E'several\nlines';
comment on column shop.customer."Score" is 'points';
comment on type shop.mood is 'how it goes';
comment on constraint favourite on shop.customer is 'a circle';
comment on index shop."partial ""index""" is 'part';
comment on sequence shop.plain_seq is 'counts';
comment on domain shop.price is 'not negative';

-- Unlogged, and many small pages.
create unlogged table shop.fleeting (a integer primary key);
insert into shop.fleeting values (1);
create table shop.wide_and_long (id integer primary key, pad text, n integer) with (fillfactor = 50, autovacuum_enabled = off);
insert into shop.wide_and_long select i, repeat('x', i % 200), i from generate_series(1, 30000) i;
delete from shop.wide_and_long where id % 10 = 3;
analyze;

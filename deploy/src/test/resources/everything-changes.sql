-- Changes of every kind on the database of everything.sql.
set client_min_messages = warning;

begin;

-- Every type: a copy of each row, one changed cell in each, one row gone; values that only their bytes tell apart.
insert into shop.every_type (a_price, a_text, a_numeric, a_float8, a_json, moods, an_address, a_timestamptz)
values (5, 'new', 1.0, 0, '{"a": 1}', array['ok']::shop.mood[], row('new', null, null, null), '2025-10-26 02:30:00+01');
update shop.every_type set a_json = '{"a" : 1,  "a":2}', a_numeric = 1.00, a_point = '(1.5,0)', a_float8 = '-0', an_xml = '<b/>' where id = 10;
update shop.every_type set a_float4 = null, a_text = E'\\N', ints = '{}' where id = -5;
delete from shop.every_type where id = -6;
update shop.every_type set a_numeric = 1.10 where id = 20;
update shop.every_type set a_char = 'x', a_mood = 'meh', "tab	inside" = 7 where id = 30;

-- Beside a big value, in a big value, instead of one.
update shop.toasted set plain = plain || '.' where id between 5 and 8;
update shop.toasted set raw = overlay(raw placing '\x00' from 7000) where id = 9;
update shop.toasted set story = null where id = 10;
insert into shop.toasted (story) values (repeat('new ', 200000));
delete from shop.toasted where id = 1;

commit;

begin;

-- Circles of keys: new ones, broken ones, and a value that two rows exchange.
set constraints all deferred;
insert into shop.customer (code, email, favourite_order, referred_by) values ('new', 'new@example.org', 1, null);
insert into shop.orders (customer_id, number, total, placed) select id, 1, 5, '2025-06-01' from shop.customer where code = 'new';
update shop.customer set referred_by = id where id = 7;
update shop.customer set favourite_order = null where favourite_order is not null and id < 20;
update shop.orders a set placed = b.placed from shop.orders b where a.customer_id = b.customer_id and a.number + b.number = 3 and a.number <> b.number;
update shop.customer set code = 'swap' where id = 1;
update shop.customer set code = 'c1' where id = 2;
update shop.customer set code = 'c2' where id = 1;
update shop.orders set during = tstzrange(lower(during) + interval '1 day', upper(during) + interval '1 day') where during is not null;
commit;

-- Three rows hand a unique value round; a key takes the place of another.
begin;
update shop.nulls_in_unique set a = 10 where id = 1;
update shop.nulls_in_unique set a = 2 where id = 2;
update shop.nulls_in_unique set a = null where id = 3;
insert into shop.nulls_in_unique values (4, 1, null);
set constraints all deferred;
update shop.deferrable_key set a = 3 - a;
insert into shop.deferrable_key values (3, 'z');
update shop.indexed set n = 49 - n;
delete from shop.line where customer_id in (20, 21);
update shop.orders set number = number + 100 where customer_id = 20;
update shop.customer set referred_by = null where referred_by = 21;
update shop.sale set customer_id = null where customer_id = 21;
delete from shop.points where customer_id = 21;
delete from shop.customer where id = 21;
delete from shop.indexed where id % 100 = 0;
insert into shop.indexed (id, t, n) values (100, 'back again', 1);
update shop.json_key set n = 1.1 where k = '{"a": [1]}';
delete from shop.json_key where k = '1';
update shop.text_key set f = 2 where f = 'NaN';
insert into shop.text_key values ('b', 'NaN'), ('B', 'Infinity');
update shop.unique_only set b = 3;
commit;

-- From partition to partition, into the default one, out of it.
begin;
update shop.sale set day = day + 366 where id between 100 and 130 and day < '2024-06-01';
update shop.sale set region = 'as' where region = 'us' and id between 200 and 220;
delete from shop.sale where id between 300 and 320;
insert into shop.sale (day, region, amount) values ('2030-01-01', 'eu', 1), ('2024-02-29', 'EU', 2), ('2025-12-31', 'x', 3);
delete from shop.points where customer_id % 2 = 0;
commit;

-- Families.
update shop.animal set name = 'renamed' where id = 1;
insert into shop.cat values (7, 'felix', 8), (1, 'tom', 9);
delete from only shop.animal where id = 2;
insert into shop.catdog (id, breed) values (6, 'both');

-- Without a key: one of three equal rows goes, another one comes twice.
delete from shop.keyless where ctid = (select min(ctid) from shop.keyless where a = 1 and d::text = '{"a":1}');
insert into shop.keyless values (2, 'y', null, null, null, null), (2, 'y', null, null, null, null);
delete from shop.no_columns where ctid = (select min(ctid) from shop.no_columns);
insert into shop.generated_only default values;
insert into shop.identity_only default values;
update shop.replica_full set b = 'z' where a is null;
delete from shop.replica_full where ctid = (select min(ctid) from shop.replica_full where a = 1);
insert into shop.no_rows (id, t) values ('11111111-1111-1111-1111-111111111111', 'a first one');
delete from shop.lost_columns where c = 1;
update shop.typed set "House No" = null, tags = array['x', null];

-- Where names are odd, triggers fire, rules rewrite, policies hide.
insert into "Ünïcode Schema.with-dots"."Table ""X"" with.dot-dash 'quote' and ñ" values (3, 'new', null, null, null);
update "Ünïcode Schema.with-dots"."Table ""X"" with.dot-dash 'quote' and ñ" set "a.b" = 'changed' where "ID" = 2;
insert into "select" values (3);
update "../../etc/passwd" set a = 2;
update shop.watched set b = 'changed' where a = 1;
insert into shop.watched values (3, 'new');
delete from shop.watched where a = 2;
insert into shop.ruled values (3, 'z');
update shop.ruled set b = 'w' where a = 1;
alter table shop.ruled disable rule no_delete;
delete from shop.ruled where a = 2;
alter table shop.ruled enable rule no_delete;
update shop.secret set t = 'changed' where a = 1;
insert into shop.secret values (3, 'x', 'new');
delete from shop.secret where a = 2;

truncate shop.fleeting;
insert into shop.fleeting values (2);
update shop.wide_and_long set n = -n where id between 10000 and 10050;
delete from shop.wide_and_long where id between 20000 and 20100;
insert into shop.wide_and_long select i, 'new', i from generate_series(30001, 30500) i;

select nextval('shop.plain_seq'), nextval('shop.untouched_seq');
refresh materialized view shop.totals;
refresh materialized view shop.totals_of_totals;

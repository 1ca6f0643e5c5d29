-- Tables whose rows are found again in every way, with values that are kept outside of the row, and a partitioned one.
create type mood as enum ('low', 'high', 'it''s "odd"');
create domain short as varchar(30) check (length(value) < 25);
create table parent (id int primary key, name text unique, large text, n numeric, m mood, f float8, b bytea, j jsonb, tags text[], d short);
alter table parent alter large set storage external;
create table child (id bigint, line int, parent int references parent (id), word text, large text, primary key (id, line));
alter table child alter large set storage external;
create table whole (a int not null, b text not null, c text, unique (a, b));
alter table whole replica identity full;
create table coded (code text not null, v text, c char(5));
create unique index coded_code on coded (code);
alter table coded replica identity using index coded_code;
create table numbered (id int primary key, n int generated always as identity, t text);
create table moved (id int, at date, t text, primary key (id, at)) partition by range (at);
create table moved_old partition of moved for values from ('2020-01-01') to ('2025-01-01');
create table moved_new partition of moved for values from ('2025-01-01') to ('2030-01-01');
create table plain (id int primary key, t text);
create table keyless (x int);

insert into parent
select i, 'name ' || i, repeat(md5(i::text), 120), i / 7.0, 'low', i, decode(md5(i::text), 'hex'), jsonb_build_object('i', i), array['a', null, i::text], 'd' || i
from generate_series(1, 60) i;
insert into child select i, l, 1 + i % 60, 'word', repeat(md5(i::text), 120) from generate_series(1, 40) i, generate_series(1, 2) l;
insert into whole select i, 'b' || i, 'c' from generate_series(1, 20) i;
insert into coded select 'code ' || i, 'v', 'c' from generate_series(1, 20) i;
insert into numbered (id, t) select i, 't' from generate_series(1, 20) i;
insert into moved select i, date '2024-12-20' + i, 't' || i from generate_series(1, 40) i;
insert into keyless values (1), (2);

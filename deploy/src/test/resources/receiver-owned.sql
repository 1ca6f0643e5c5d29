-- What analysts add to a replica: columns, tables, views, indexes, grants, comments, rows of their own. The view analysis.state tells it all.
create schema analysis;
grant usage on schema analysis to public;
alter table shop.customer add column segment text default 'none';
update shop.customer set segment = 'gold' where id in (3, 5, 20);
alter table shop.toasted add column words integer not null default 0;
update shop.toasted set words = id;
create table shop.local_table (id integer primary key, customer_id integer);
insert into shop.local_table select i, i from generate_series(1, 100) i;
create table analysis.facts as select customer_id, sum(total) as total from shop.orders group by 1;
create index local_index on shop.orders (total);
create view analysis.golden as select id, code from shop.customer where segment = 'gold';
create materialized view analysis.cube as select count(*) as n from shop.sale;
create view shop.local_view as select * from shop.line limit 1;
grant select on shop.indexed to pg_monitor;
create function analysis.helper() returns integer language sql return 1;
create view analysis.state as
select 'segments' as what, string_agg(id || segment, ',' order by id) as it from shop.customer where id in (3, 5, 20, 22)
union all select 'words', sum(words)::text from shop.toasted where id between 2 and 40
union all select 'local rows', sum(customer_id)::text from shop.local_table
union all select 'facts', sum(total)::text from analysis.facts
union all select 'index', pg_get_indexdef('shop.local_index'::regclass)
union all select 'golden', count(*)::text from analysis.golden
union all select 'cube', n::text from analysis.cube
union all select 'local view', pg_get_viewdef('shop.local_view'::regclass)
union all select 'grants', relacl::text from pg_class where oid = 'shop.indexed'::regclass
union all select 'tables', string_agg(oid::text, ',' order by relname) from pg_class where relkind in ('r', 'i', 'v', 'm', 'S')
    and relnamespace in ('shop'::regnamespace, 'analysis'::regnamespace, 'audit'::regnamespace) and relname !~ '_tidemark';

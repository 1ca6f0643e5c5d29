-- How many rows a table has, and which transactions wrote them: a row can only appear, vanish or change with a change to this (PostgreSQL
-- keeps a row's writing transaction when it freezes it). The table's name is put in for %s. Columns: rows, writers.
select coalesce(sum(n), 0)::bigint as rows,
       coalesce(pg_catalog.md5(pg_catalog.string_agg(writer || ':' || n, ',' order by writer)), '-') as writers
  from (select xmin::text as writer, n from (select xmin, count(*) as n from only %s group by xmin) g) s

-- What rows have in a column that was there before them. Parameters: the table's oid, the column's name.
-- Columns: given (whether they have a value at all; the table must not have been rewritten since), plain (whether its type is a built-in one
-- or an enum, and no array).
select a.atthasmissing as given,
       t.typcategory <> 'A' and (t.typtype = 'e' or t.typtype = 'b' and t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace) as plain
  from pg_catalog.pg_attribute a
  join pg_catalog.pg_type t on t.oid = a.atttypid
 where a.attrelid = ?::bigint::oid and a.attname = ? and a.attnum > 0

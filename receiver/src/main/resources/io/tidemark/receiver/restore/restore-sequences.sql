-- A statement for each sequence that serves a column: puts it where the column's last value is, unless it is further already.
SELECT pg_catalog.format(
    'SELECT pg_catalog.setval(%L, v.last) FROM (SELECT %s(%I)::bigint AS last FROM %I.%I) v, %I.%I s'
        || ' WHERE v.last %s s.last_value AND v.last BETWEEN %s AND %s',
    pg_catalog.format('%I.%I', sn.nspname, sc.relname),
    CASE WHEN s.seqincrement > 0 THEN 'pg_catalog.max' ELSE 'pg_catalog.min' END,
    a.attname, tn.nspname, t.relname, sn.nspname, sc.relname,
    CASE WHEN s.seqincrement > 0 THEN '>=' ELSE '<=' END,
    s.seqmin, s.seqmax)
FROM pg_catalog.pg_sequence s
JOIN pg_catalog.pg_class sc ON sc.oid = s.seqrelid
JOIN pg_catalog.pg_namespace sn ON sn.oid = sc.relnamespace
JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = sc.oid
    AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
JOIN pg_catalog.pg_class t ON t.oid = d.refobjid
JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
JOIN pg_catalog.pg_type y ON y.oid = a.atttypid AND y.typcategory = 'N'
ORDER BY 1

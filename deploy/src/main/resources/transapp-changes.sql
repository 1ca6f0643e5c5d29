-- Some thousand changes of every kind on the database of transapp.sql.
-- psql variable rows: about how many rows of each kind are changed.

begin;

insert into "AndroidRequests_poseintrajectoryoftoken" (longitude, latitude, "timeStamp", "inVehicleOrNot", token_id)
select -70.6 + i * 0.00001, -33.4 - i * 0.00001, timestamptz '2025-03-02 08:00+00' + i * interval '1 s', 'vehicle',
    1 + i % (select count(*) from "AndroidRequests_token")
from generate_series(1, :rows) i;

insert into "AndroidRequests_report" ("timeStamp", message, "imageName", "reportInfo", "phoneId")
select timestamptz '2025-03-02 08:00+00' + i * interval '9 s', 'El bus va lleno, ñandú', 'report_' || i || '.jpeg', '{}',
    md5('n' || i)::uuid
from generate_series(900001, 900012) i;

update "AndroidRequests_report" set message = message || ' — resuelto'
where id <= :rows / 2;
update "AndroidRequests_token" set "userEvaluation" = 1 + id % 5
where id % 7 = 0 and id <= 7 * :rows;

delete from "AndroidRequests_stadisticdatafromregistrationbus"
where id > 100 and id <= 100 + :rows;

commit;

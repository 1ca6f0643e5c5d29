-- A passenger reports a bus that is new to the database of transapp.sql, and sends a picture of it.
-- psql variable n: the report's number, 900000 and up; its picture is report_<n>.jpeg.

begin;

with bus as (
    insert into "AndroidRequests_busv2" ("registrationPlate", uuid)
    values ('BJFR' || lpad((:n % 100)::text, 2, '0'), md5('live' || :n)::uuid)
    returning id
), assignment as (
    insert into "AndroidRequests_busassignment" (service, uuid_id) select '210', id from bus
    returning id
), event as (
    insert into "AndroidRequests_eventforbusv2" ("timeStamp", "timeCreation", event_id, "eventConfirm", "eventDecline", "phoneId", broken,
        busassignment_id)
    select now(), now(), 'evn00007', 1, 0, md5('live' || :n)::uuid, false, id from assignment
    returning id
)
insert into "AndroidRequests_stadisticdatafromregistrationbus" (longitude, latitude, "timeStamp", "confirmDecline", "phoneId",
    "reportOfEvent_id")
select -70.6 + 0.2 * (:n * 37 % 101) / 101.0, -33.4 + 0.2 * (:n * 53 % 97) / 97.0, now(), 'confirm', md5('live' || :n)::uuid, id
from event;

insert into "AndroidRequests_report" ("timeStamp", message, "imageName", "reportInfo", "phoneId")
values (now(), 'El bus no se detuvo en el paradero, ñandú', 'report_' || :n || '.jpeg',
    '{"bus":{"service":"210","licensePlate":"BJFR' || lpad((:n % 100)::text, 2, '0') || '"}}', md5('live' || :n)::uuid);

commit;

-- A day's work on the database of transapp.sql: 5 % new rows at the end of the tables, the newest 1 % updated.
-- psql variable day: 1 and up, another one each time.

begin;

insert into "AndroidRequests_busv2" ("registrationPlate", uuid)
select "registrationPlate", md5('b' || id || ':' || :day)::uuid
from "AndroidRequests_busv2"
where id <= (select max(id) * 0.05 from "AndroidRequests_busv2");

insert into "AndroidRequests_busassignment" (service, uuid_id)
select (100 + id % 400)::text, id
from "AndroidRequests_busv2"
where id > (select max(id) - max(id) * 0.05 from "AndroidRequests_busv2")
on conflict do nothing;

insert into "AndroidRequests_eventforbusv2" ("timeStamp", "timeCreation", "expireTime", event_id, "eventConfirm", "eventDecline",
    "phoneId", fixed, broken, busassignment_id)
select "timeStamp" + :day * interval '1 day', "timeCreation" + :day * interval '1 day', "expireTime" + :day * interval '1 day', event_id,
    "eventDecline", "eventConfirm", "phoneId", fixed, broken, busassignment_id
from "AndroidRequests_eventforbusv2"
where id <= (select max(id) * 0.05 from "AndroidRequests_eventforbusv2");

insert into "AndroidRequests_eventforbusstop" ("timeStamp", "timeCreation", "expireTime", event_id, "eventConfirm", "eventDecline",
    "phoneId", fixed, broken, "stopCode", "aditionalInfo")
select "timeStamp" + :day * interval '1 day', "timeCreation" + :day * interval '1 day', "expireTime", event_id,
    "eventDecline", "eventConfirm", "phoneId", fixed, broken, "stopCode", "aditionalInfo"
from "AndroidRequests_eventforbusstop"
where id <= (select max(id) * 0.05 from "AndroidRequests_eventforbusstop");

insert into "AndroidRequests_stadisticdatafromregistrationbus" (longitude, latitude, "timeStamp", "confirmDecline", "phoneId",
    "reportOfEvent_id", "gpsLongitude", "gpsLatitude", "gpsTimeStamp", distance)
select -70.6 + random() * 0.2, -33.4 + random() * 0.2, "timeStamp" + :day * interval '1 day', "confirmDecline", "phoneId",
    "reportOfEvent_id", -70.6 + random() * 0.2, -33.4 + random() * 0.2, "gpsTimeStamp" + :day * interval '1 day', random() * 100
from "AndroidRequests_stadisticdatafromregistrationbus"
where id <= (select max(id) * 0.05 from "AndroidRequests_stadisticdatafromregistrationbus");

insert into "AndroidRequests_report" ("timeStamp", message, "imageName", "reportInfo", "phoneId")
select "timeStamp" + :day * interval '1 day', 'Día ' || :day || ': ' || message, null, "reportInfo", "phoneId"
from "AndroidRequests_report"
where id <= (select max(id) * 0.05 from "AndroidRequests_report");

insert into "AndroidRequests_token" (token, busassignment_id, direction, color, "phoneId", "timeCreation")
select md5(id::text || :day) || md5('x' || id || :day), busassignment_id, direction, color, "phoneId",
    "timeCreation" + :day * interval '1 day'
from "AndroidRequests_token"
where id <= (select max(id) * 0.05 from "AndroidRequests_token");

insert into "AndroidRequests_poseintrajectoryoftoken" (longitude, latitude, "timeStamp", "inVehicleOrNot", token_id)
select -70.6 + random() * 0.2, -33.4 + random() * 0.2, "timeStamp" + :day * interval '1 day', "inVehicleOrNot", token_id
from "AndroidRequests_poseintrajectoryoftoken"
where id <= (select max(id) * 0.05 from "AndroidRequests_poseintrajectoryoftoken");

update "AndroidRequests_eventforbusv2" set "eventConfirm" = "eventConfirm" + 1
where id > (select max(id) * 0.99 from "AndroidRequests_eventforbusv2");
update "AndroidRequests_eventforbusstop" set "eventConfirm" = "eventConfirm" + 1
where id > (select max(id) * 0.99 from "AndroidRequests_eventforbusstop");
update "AndroidRequests_stadisticdatafromregistrationbus" set distance = distance + 1
where id > (select max(id) * 0.99 from "AndroidRequests_stadisticdatafromregistrationbus");
update "AndroidRequests_report" set message = message || ' (leído)'
where id > (select max(id) * 0.99 from "AndroidRequests_report");
update "AndroidRequests_token" set "userEvaluation" = 5
where id > (select max(id) * 0.99 from "AndroidRequests_token");
update "AndroidRequests_poseintrajectoryoftoken" set longitude = longitude + 0.0001
where id > (select max(id) * 0.99 from "AndroidRequests_poseintrajectoryoftoken");

commit;

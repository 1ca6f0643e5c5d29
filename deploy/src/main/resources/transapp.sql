-- A database shaped as TranSapp's: passengers report on buses, stops and trips.
-- psql variable s: the scale; 1 makes about a million positions, 1.7 million rows in all.

create table "AndroidRequests_event" (
    id varchar(8) primary key,
    name varchar(30) not null,
    description varchar(140),
    lifespam integer not null,
    category varchar(20) not null,
    origin varchar(1) not null,
    "eventType" varchar(7) not null
);
create table "AndroidRequests_busv2" (
    id serial primary key,
    "registrationPlate" varchar(8) not null,
    uuid uuid not null unique
);
create table "AndroidRequests_busassignment" (
    id serial primary key,
    service varchar(11) not null,
    uuid_id integer not null references "AndroidRequests_busv2" deferrable initially deferred,
    unique (uuid_id, service)
);
create table "AndroidRequests_eventforbusv2" (
    id serial primary key,
    "timeStamp" timestamptz not null,
    "timeCreation" timestamptz not null,
    "expireTime" timestamptz,
    event_id varchar(8) not null references "AndroidRequests_event" deferrable initially deferred,
    "eventConfirm" integer not null,
    "eventDecline" integer not null,
    "phoneId" uuid not null,
    fixed boolean,
    broken boolean not null,
    "brokenType" varchar(50),
    busassignment_id integer not null references "AndroidRequests_busassignment" deferrable initially deferred
);
create table "AndroidRequests_eventforbusstop" (
    id serial primary key,
    "timeStamp" timestamptz not null,
    "timeCreation" timestamptz not null,
    "expireTime" timestamptz,
    event_id varchar(8) not null references "AndroidRequests_event" deferrable initially deferred,
    "eventConfirm" integer not null,
    "eventDecline" integer not null,
    "phoneId" uuid not null,
    fixed boolean,
    broken boolean not null,
    "brokenType" varchar(50),
    "stopCode" varchar(6) not null,
    "aditionalInfo" varchar(140) not null
);
create table "AndroidRequests_stadisticdatafromregistrationbus" (
    id serial primary key,
    longitude double precision not null,
    latitude double precision not null,
    "timeStamp" timestamptz not null,
    "confirmDecline" varchar(10) not null,
    "phoneId" uuid not null,
    "reportOfEvent_id" integer not null references "AndroidRequests_eventforbusv2" deferrable initially deferred,
    "gpsLongitude" double precision,
    "gpsLatitude" double precision,
    "gpsTimeStamp" timestamptz,
    distance double precision
);
create table "AndroidRequests_report" (
    id serial primary key,
    "timeStamp" timestamptz not null,
    message text not null,
    "imageName" varchar(100),
    "reportInfo" text not null,
    "phoneId" uuid not null
);
create table "AndroidRequests_token" (
    id serial primary key,
    token varchar(128) not null,
    busassignment_id integer not null references "AndroidRequests_busassignment" deferrable initially deferred,
    direction varchar(1),
    color varchar(7) not null,
    "phoneId" uuid not null,
    "timeCreation" timestamptz,
    "userEvaluation" integer
);
create table "AndroidRequests_poseintrajectoryoftoken" (
    id serial primary key,
    longitude double precision not null,
    latitude double precision not null,
    "timeStamp" timestamptz not null,
    "inVehicleOrNot" varchar(15) not null,
    token_id integer not null references "AndroidRequests_token" deferrable initially deferred
);

-- The scale and the moment of the newest row; no clock is read, so that the same scale gives the same rows.
create schema generator;
create table generator.scale as select :s::double precision as s, timestamptz '2025-03-01 12:34:56.789012+00' as newest;
create function generator.assignments() returns integer language sql stable as $$
    select (5900 * s)::integer from generator.scale
$$;
create function generator.phone(i bigint) returns uuid language sql immutable as $$
    select md5('p' || i % 50000)::uuid
$$;

select setseed(0.42);

insert into "AndroidRequests_event"
select 'evn' || lpad(i::text, 5, '0'), 'Evento ' || i, 'Descripción del evento número ' || i, 30, 'estado', 'o',
    case when i % 2 = 0 then 'bus' else 'Stop' end
from generate_series(1, 40) i;

insert into "AndroidRequests_busv2" ("registrationPlate", uuid)
select chr(65 + i % 26) || chr(65 + (i / 26) % 26) || 'XX' || lpad((i % 100)::text, 2, '0'), md5('b' || i)::uuid
from generate_series(1, (6000 * :s)::integer) i;

insert into "AndroidRequests_busassignment" (service, uuid_id)
select (100 + i % 400) || case when i % 3 = 0 then 'e' else '' end, 1 + (i % (6000 * :s)::integer)
from generate_series(1, (12000 * :s)::integer) i
on conflict do nothing;

insert into "AndroidRequests_eventforbusv2" ("timeStamp", "timeCreation", "expireTime", event_id, "eventConfirm", "eventDecline",
    "phoneId", fixed, broken, busassignment_id)
select newest - i * interval '7 s', newest - i * interval '7.1 s', newest - i * interval '6 s',
    'evn' || lpad((1 + i % 40)::text, 5, '0'), i % 9, i % 4, generator.phone(i), i % 2 = 0, i % 7 = 0, 1 + i % generator.assignments()
from generate_series(1, (200000 * :s)::integer) i, generator.scale;

insert into "AndroidRequests_eventforbusstop" ("timeStamp", "timeCreation", "expireTime", event_id, "eventConfirm", "eventDecline",
    "phoneId", fixed, broken, "stopCode", "aditionalInfo")
select newest - i * interval '7 s', newest - i * interval '7.1 s', null, 'evn' || lpad((1 + i % 40)::text, 5, '0'), i % 9, i % 4,
    generator.phone(i), i % 2 = 0, i % 7 = 0, 'PA' || i % 9999, 'nothing'
from generate_series(1, (200000 * :s)::integer) i, generator.scale;

insert into "AndroidRequests_stadisticdatafromregistrationbus" (longitude, latitude, "timeStamp", "confirmDecline", "phoneId",
    "reportOfEvent_id", "gpsLongitude", "gpsLatitude", "gpsTimeStamp", distance)
select -70.6 + random() * 0.2, -33.4 + random() * 0.2, newest - i * interval '3 s', 'confirm', generator.phone(i),
    1 + i % (200000 * :s)::integer, -70.6 + random() * 0.2, -33.4 + random() * 0.2, newest - i * interval '3 s', random() * 100
from generate_series(1, (400000 * :s)::integer) i, generator.scale;

insert into "AndroidRequests_report" ("timeStamp", message, "imageName", "reportInfo", "phoneId")
select newest - i * interval '30 s', 'El bus ' || i || ' no se detuvo en el paradero, ñandú «' || md5(i::text) || '»',
    case when i % 4 = 0 then 'report_' || i || '.jpeg' end,
    '{"bus":{"service":"' || (100 + i % 400) || '","licensePlate":"ABCD' || lpad((i % 100)::text, 2, '0')
        || '","machineId":"","latitude":-33.45,"longitude":-70.66},"locationUser":{"latitude":"  -33.4","longitude":"  -70.6"}}',
    generator.phone(i)
from generate_series(1, (40000 * :s)::integer) i, generator.scale;

insert into "AndroidRequests_token" (token, busassignment_id, direction, color, "phoneId", "timeCreation")
select md5(i::text) || md5('x' || i), 1 + i % generator.assignments(), case when i % 2 = 0 then 'I' else 'R' end, '#00a0f0',
    generator.phone(i), newest - i * interval '20 s'
from generate_series(1, (50000 * :s)::integer) i, generator.scale;

insert into "AndroidRequests_poseintrajectoryoftoken" (longitude, latitude, "timeStamp", "inVehicleOrNot", token_id)
select -70.6 + random() * 0.2, -33.4 + random() * 0.2, newest - i * interval '1 s',
    case when i % 3 = 0 then 'vehicle' else 'non_vehicle' end, 1 + i % (50000 * :s)::integer
from generate_series(1, (1000000 * :s)::integer) i, generator.scale;

create index on "AndroidRequests_eventforbusv2" ("timeStamp");
create index on "AndroidRequests_eventforbusstop" ("stopCode");
create index on "AndroidRequests_report" ("timeStamp");
create index on "AndroidRequests_poseintrajectoryoftoken" ("timeStamp");
create index on "AndroidRequests_poseintrajectoryoftoken" (token_id, "timeStamp");
create index on "AndroidRequests_stadisticdatafromregistrationbus" ("reportOfEvent_id");

drop schema generator cascade;
vacuum analyze;

-- Run once in the analytics database, as the receiver's role:  psql -X -d analytics -f install.sql
-- Makes schema transapp, which belongs to the replica: loads never touch it. May be run again; what you changed in its tables stays.
create schema if not exists transapp;

-- Half hours of a day, by local time.
create table if not exists transapp.half_hour (id int primary key, name text not null, starts time not null, ends time not null);
insert into transapp.half_hour
select i, to_char(time '00:00' + i * interval '30 min', 'HH24:MI') || '-' || to_char(time '00:29' + i * interval '30 min', 'HH24:MI'),
       time '00:00' + i * interval '30 min', time '00:29:59.999999' + i * interval '30 min'
  from generate_series(0, 47) i
on conflict do nothing;

-- Periods of working days (L), Saturdays (S) and Sundays and holidays (D), by local time. Edit them to your operator's; ends are included.
create table if not exists transapp.day_period (
  id int primary key, day_type char(1) not null check (day_type in ('L', 'S', 'D')), name text not null, starts time not null, ends time not null);
insert into transapp.day_period values
  (1, 'L', 'Pre nocturno', '00:00', '00:59:59.999999'), (2, 'L', 'Nocturno', '01:00', '05:29:59.999999'),
  (3, 'L', 'Transición nocturno', '05:30', '06:29:59.999999'), (4, 'L', 'Punta mañana', '06:30', '08:29:59.999999'),
  (5, 'L', 'Transición punta mañana', '08:30', '09:29:59.999999'), (6, 'L', 'Fuera de punta mañana', '09:30', '12:29:59.999999'),
  (7, 'L', 'Punta mediodía', '12:30', '13:59:59.999999'), (8, 'L', 'Fuera de punta tarde', '14:00', '17:29:59.999999'),
  (9, 'L', 'Punta tarde', '17:30', '20:29:59.999999'), (10, 'L', 'Transición punta tarde', '20:30', '21:29:59.999999'),
  (11, 'L', 'Fuera de punta nocturno', '21:30', '22:59:59.999999'), (12, 'L', 'Pre nocturno', '23:00', '23:59:59.999999'),
  (13, 'S', 'Pre nocturno sábado', '00:00', '00:59:59.999999'), (14, 'S', 'Nocturno sábado', '01:00', '05:29:59.999999'),
  (15, 'S', 'Transición sábado mañana', '05:30', '06:29:59.999999'), (16, 'S', 'Punta mañana sábado', '06:30', '10:59:59.999999'),
  (17, 'S', 'Mañana sábado', '11:00', '13:29:59.999999'), (18, 'S', 'Punta mediodía sábado', '13:30', '17:29:59.999999'),
  (19, 'S', 'Tarde sábado', '17:30', '20:29:59.999999'), (20, 'S', 'Transición sábado nocturno', '20:30', '21:29:59.999999'),
  (21, 'S', 'Pre nocturno sábado', '21:30', '23:59:59.999999'),
  (22, 'D', 'Pre nocturno domingo', '00:00', '00:59:59.999999'), (23, 'D', 'Nocturno domingo', '01:00', '05:29:59.999999'),
  (24, 'D', 'Transición domingo mañana', '05:30', '09:29:59.999999'), (25, 'D', 'Mañana domingo', '09:30', '13:29:59.999999'),
  (26, 'D', 'Mediodía domingo', '13:30', '17:29:59.999999'), (27, 'D', 'Tarde domingo', '17:30', '20:59:59.999999'),
  (28, 'D', 'Transición domingo nocturno', '21:00', '21:59:59.999999'), (29, 'D', 'Pre nocturno domingo', '22:00', '23:59:59.999999')
on conflict do nothing;

-- Holidays count as Sundays.
create table if not exists transapp.holiday (day date primary key);

-- Stops, and which of them a service serves in which direction (I, R). Fill both from the operator's GTFS; README.md says how.
create table if not exists transapp.bus_stop (
  code text primary key, name text not null, longitude float8 not null, latitude float8 not null,
  -- Scaled to Santiago's latitude, so that distances between places are those on the ground.
  place point not null generated always as (point(longitude * 0.8343, latitude)) stored);
create index if not exists bus_stop_place on transapp.bus_stop using gist (place);
create table if not exists transapp.service_stop (
  service text not null, direction char(1) not null check (direction in ('I', 'R')), stop_code text not null references transapp.bus_stop,
  primary key (service, direction, stop_code));
create index if not exists service_stop_code on transapp.service_stop (stop_code);

-- What the steps compute.
create table if not exists transapp.plate (bus_id int primary key, text text not null);
create table if not exists transapp.event_period (
  kind text not null check (kind in ('bus', 'stop')), event_id int not null, half_hour int not null references transapp.half_hour,
  day_period int references transapp.day_period, primary key (kind, event_id));
create table if not exists transapp.report_info (
  report_id int primary key, kind text not null, service text, plate text, machine_id text, stop_code text,
  longitude float8, latitude float8, user_longitude float8, user_latitude float8);
create table if not exists transapp.event_stops (
  event_id int primary key, stat_id int not null, longitude float8 not null, latitude float8 not null, direction char(1),
  stop_1 text, metres_1 float8, stop_2 text, metres_2 float8);
create index if not exists event_stops_stat on transapp.event_stops (stat_id);

create or replace function transapp.plate_text(plate text) returns text language sql immutable as $$
  select case when plate ~ '^[A-Za-z0-9]{6}$' then upper(substr(plate, 1, 2) || ' ' || substr(plate, 3, 2) || ' ' || substr(plate, 5, 2))
              when btrim(plate) = '' or lower(plate) like 'dummy%' then 'No Info.' else plate end $$;

create or replace function transapp.local_time(at timestamptz) returns timestamp language sql stable as $$
  select at at time zone 'America/Santiago' $$;

create or replace function transapp.half_hour_of(at timestamptz) returns int language sql stable as $$
  select (extract(hour from l) * 2)::int + case when extract(minute from l) >= 30 then 1 else 0 end from transapp.local_time(at) l $$;

create or replace function transapp.day_period_of(at timestamptz) returns int language sql stable as $$
  select p.id
    from transapp.local_time(at) l
    join transapp.day_period p on l::time between p.starts and p.ends
     and p.day_type = case when extract(isodow from l) = 7 or exists (select from transapp.holiday h where h.day = l::date) then 'D'
                           when extract(isodow from l) = 6 then 'S' else 'L' end
   order by p.id limit 1 $$;

-- Null for what is no JSON, no number: reports come from telephones.
create or replace function transapp.json_of(text text) returns jsonb language plpgsql immutable as $$
begin return text::jsonb; exception when others then return null; end $$;
create or replace function transapp.number_of(text text) returns float8 language sql immutable as $$
  select case when btrim(text) ~ '^[-+]?[0-9]{1,9}([.][0-9]{0,15})?$' then btrim(text)::float8 end $$;

create or replace function transapp.metres(place point, other point) returns float8 language sql immutable as $$
  select (place <-> other) * 111320 $$;

-- What has to be done now: every row where a table changed as a whole, else the rows that changed.
create or replace function transapp.all_of(relation text) returns boolean language plpgsql stable as $$
begin return exists (select from tidemark.changed_table where schema = 'public' and name = relation); end $$;
create or replace function transapp.changed(relation text) returns table (id int) language plpgsql stable rows 100 as $$
begin return query select (key ->> 'id')::int from tidemark.changed_row where schema = 'public' and name = relation; end $$;

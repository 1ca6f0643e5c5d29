-- Of every event on a bus, where it was reported, the two nearest stops and the direction in which the bus went. Stops that the bus's service
-- serves count, or all where it is not known; the direction is that in which the service serves the nearest of them.
create temporary table todo on commit drop as
select c.id from transapp.changed('AndroidRequests_eventforbusv2') c
union
-- A place that was added or changed belongs to an event; that of one that is gone was noted with the event.
select s."reportOfEvent_id"
  from transapp.changed('AndroidRequests_stadisticdatafromregistrationbus') c
  join "AndroidRequests_stadisticdatafromregistrationbus" s on s.id = c.id
union
select e.event_id
  from transapp.changed('AndroidRequests_stadisticdatafromregistrationbus') c join transapp.event_stops e on e.stat_id = c.id
union
select e.id
  from transapp.changed('AndroidRequests_busassignment') c join "AndroidRequests_eventforbusv2" e on e.busassignment_id = c.id
union
select e.id from "AndroidRequests_eventforbusv2" e
 where transapp.all_of('AndroidRequests_eventforbusv2') or transapp.all_of('AndroidRequests_stadisticdatafromregistrationbus')
    or transapp.all_of('AndroidRequests_busassignment')
union
select e.event_id from transapp.event_stops e
 where transapp.all_of('AndroidRequests_eventforbusv2') or transapp.all_of('AndroidRequests_stadisticdatafromregistrationbus');
analyze todo;

create temporary table placed on commit drop as
select e.id, s.id as stat_id, s.longitude, s.latitude, point(s.longitude * 0.8343, s.latitude) as place, a.service,
       exists (select from transapp.service_stop v where v.service = a.service) as served
  from todo
  join "AndroidRequests_eventforbusv2" e on e.id = todo.id
  join "AndroidRequests_busassignment" a on a.id = e.busassignment_id
  cross join lateral (
    select x.id, x.longitude, x.latitude from "AndroidRequests_stadisticdatafromregistrationbus" x
     where x."reportOfEvent_id" = e.id order by x."timeStamp", x.id limit 1) s;

analyze placed;

delete from transapp.event_stops t where t.event_id in (select id from todo) and t.event_id not in (select id from placed);

insert into transapp.event_stops
  (event_id, stat_id, longitude, latitude, direction, stop_1, metres_1, stop_2, metres_2)
select p.id, p.stat_id, p.longitude, p.latitude, d.direction, n.codes[1], n.metres[1], n.codes[2], n.metres[2]
  from placed p
  left join lateral (
    select array_agg(code order by distance, code) as codes, array_agg(distance order by distance, code) as metres
      from ((select b.code, transapp.metres(b.place, p.place) as distance
              from transapp.bus_stop b
             where p.served and b.code in (select v.stop_code from transapp.service_stop v where v.service = p.service)
             order by b.place <-> p.place, b.code limit 2)
            union all
            (select b.code, transapp.metres(b.place, p.place)
              from transapp.bus_stop b
             where not p.served
             order by b.place <-> p.place limit 2)) x) n on true
  left join lateral (
    select v.direction from transapp.service_stop v join transapp.bus_stop b on b.code = v.stop_code
     where v.service = p.service order by b.place <-> p.place, v.direction limit 1) d on true
on conflict (event_id) do update set stat_id = excluded.stat_id, longitude = excluded.longitude, latitude = excluded.latitude,
  direction = excluded.direction, stop_1 = excluded.stop_1, metres_1 = excluded.metres_1, stop_2 = excluded.stop_2,
  metres_2 = excluded.metres_2;

drop table todo, placed;

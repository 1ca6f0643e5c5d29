-- What a report's JSON says, in columns.
create temporary table todo on commit drop as
select c.id from transapp.changed('AndroidRequests_report') c
union
select r.id from "AndroidRequests_report" r where transapp.all_of('AndroidRequests_report');
analyze todo;

delete from transapp.report_info i using todo
 where i.report_id = todo.id and not exists (select from "AndroidRequests_report" r where r.id = i.report_id);
delete from transapp.report_info i
 where transapp.all_of('AndroidRequests_report') and not exists (select from "AndroidRequests_report" r where r.id = i.report_id);

insert into transapp.report_info
  (report_id, kind, service, plate, machine_id, stop_code, longitude, latitude, user_longitude, user_latitude)
select r.id,
       case when j ? 'bus' then 'bus' when j ? 'bus_stop' or j ? 'busStop' then 'stop' when j is null then 'unreadable' else 'other' end,
       j #>> '{bus,service}',
       transapp.plate_text(coalesce(j #>> '{bus,licensePlate}', j #>> '{bus,licencePlate}')),
       nullif(j #>> '{bus,machineId}', ''),
       coalesce(j #>> '{bus_stop,id}', j #>> '{busStop,id}'),
       transapp.number_of(coalesce(j #>> '{bus,longitude}', j #>> '{bus_stop,longitude}', j #>> '{busStop,longitude}')),
       transapp.number_of(coalesce(j #>> '{bus,latitude}', j #>> '{bus_stop,latitude}', j #>> '{busStop,latitude}')),
       transapp.number_of(j #>> '{locationUser,longitude}'),
       transapp.number_of(j #>> '{locationUser,latitude}')
  from "AndroidRequests_report" r join todo using (id) cross join lateral transapp.json_of(r."reportInfo") j
on conflict (report_id) do update set kind = excluded.kind, service = excluded.service, plate = excluded.plate,
  machine_id = excluded.machine_id, stop_code = excluded.stop_code, longitude = excluded.longitude, latitude = excluded.latitude,
  user_longitude = excluded.user_longitude, user_latitude = excluded.user_latitude;

drop table todo;

-- The half hour, and the period of the day's type, of every event, by local time in Santiago.
create temporary table todo on commit drop as
select 'bus' as kind, c.id from transapp.changed('AndroidRequests_eventforbusv2') c
union
select 'stop', c.id from transapp.changed('AndroidRequests_eventforbusstop') c
union
select 'bus', e.id from "AndroidRequests_eventforbusv2" e where transapp.all_of('AndroidRequests_eventforbusv2')
union
select 'stop', e.id from "AndroidRequests_eventforbusstop" e where transapp.all_of('AndroidRequests_eventforbusstop');
analyze todo;

create temporary table event on commit drop as
select t.kind, e.id, e."timeCreation" as at from todo t join "AndroidRequests_eventforbusv2" e on t.kind = 'bus' and e.id = t.id
union all
select t.kind, e.id, e."timeCreation" from todo t join "AndroidRequests_eventforbusstop" e on t.kind = 'stop' and e.id = t.id;

analyze event;
delete from transapp.event_period p using todo t
 where p.kind = t.kind and p.event_id = t.id and not exists (select from event e where e.kind = p.kind and e.id = p.event_id);
delete from transapp.event_period p
 where transapp.all_of('AndroidRequests_eventforbusv2')
   and p.kind = 'bus' and not exists (select from "AndroidRequests_eventforbusv2" e where e.id = p.event_id);
delete from transapp.event_period p
 where transapp.all_of('AndroidRequests_eventforbusstop')
   and p.kind = 'stop' and not exists (select from "AndroidRequests_eventforbusstop" e where e.id = p.event_id);

insert into transapp.event_period as p (kind, event_id, half_hour, day_period)
select kind, id, transapp.half_hour_of(at), transapp.day_period_of(at) from event
on conflict (kind, event_id) do update set half_hour = excluded.half_hour, day_period = excluded.day_period
 where (p.half_hour, p.day_period) is distinct from (excluded.half_hour, excluded.day_period);

drop table todo, event;

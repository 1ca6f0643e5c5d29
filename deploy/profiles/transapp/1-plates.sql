-- Plates as people write them: ABCD12 is AB CD 12, the app's dummy is No Info.
create temporary table todo on commit drop as
select c.id from transapp.changed('AndroidRequests_busv2') c
union
select b.id from "AndroidRequests_busv2" b where transapp.all_of('AndroidRequests_busv2');

analyze todo;

delete from transapp.plate p using todo
 where p.bus_id = todo.id and not exists (select from "AndroidRequests_busv2" b where b.id = p.bus_id);
delete from transapp.plate p
 where transapp.all_of('AndroidRequests_busv2') and not exists (select from "AndroidRequests_busv2" b where b.id = p.bus_id);

insert into transapp.plate as p (bus_id, text)
select b.id, transapp.plate_text(b."registrationPlate") from "AndroidRequests_busv2" b join todo using (id)
on conflict (bus_id) do update set text = excluded.text where p.text is distinct from excluded.text;

drop table todo;

-- Stops for deploy/profiles/transapp: a grid of 1600 over the town of transapp.sql, and forty for each service in either direction.

insert into transapp.bus_stop (code, name, longitude, latitude)
select 'PA' || i, 'Parada ' || i, -70.6 + 0.005 * (i % 40), -33.4 + 0.005 * (i / 40)
from generate_series(0, 1599) i;

insert into transapp.service_stop (service, direction, stop_code)
select service, direction, 'PA' || (hashtext(service) & 1023) % 400 + 29 * i + case direction when 'I' then 0 else 1 end
from (select distinct service from "AndroidRequests_busassignment") each,
    unnest(array['I', 'R']) direction, generate_series(0, 39) i;

package io.tidemark.receiver.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.receiver.inbox.MemoryFolder;
import io.tidemark.receiver.postprocess.StepOutcome;
import io.tidemark.receiver.route.ReceiverNode;
import io.tidemark.receiver.settings.PostStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/profiles/transapp}: after any bundles, what its steps have computed is what a plain computation over everything gives. */
class TransAppProfileTest {
    private static final Path PROFILE = Path.of("../deploy/profiles/transapp");
    private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");
    private static final String SCHEMA = """
            create table "AndroidRequests_busv2" (id int primary key, "registrationPlate" varchar(8) not null);
            create table "AndroidRequests_busassignment" (id int primary key, service varchar(11) not null, uuid_id int not null);
            create table "AndroidRequests_eventforbusv2" (id int primary key, "timeStamp" timestamptz not null, "timeCreation" timestamptz
              not null, busassignment_id int not null);
            create table "AndroidRequests_eventforbusstop" (id int primary key, "timeStamp" timestamptz not null, "timeCreation"
              timestamptz not null, "stopCode" varchar(6) not null);
            create table "AndroidRequests_stadisticdatafromregistrationbus" (id int primary key, longitude float8 not null, latitude
              float8 not null, "timeStamp" timestamptz not null, "reportOfEvent_id" int not null);
            create table "AndroidRequests_report" (id int primary key, "reportInfo" text not null)""";
    /** Around both changes of the clocks, a Saturday, a Sunday, a holiday, and ordinary days. */
    private static final List<String> TIMES = List.of(
            "2026-04-05T02:45:00Z",
            "2026-04-05T03:10:00Z",
            "2026-04-05T04:20:00Z",
            "2026-09-06T03:59:59Z",
            "2026-09-06T04:00:00Z",
            "2026-09-05T15:00:00Z",
            "2026-09-18T12:31:00Z",
            "2026-03-02T11:29:59.999Z",
            "2026-03-02T11:30:00Z",
            "2026-07-01T03:59:59Z",
            "2026-07-01T04:00:00Z",
            "2026-01-15T20:30:00Z");

    @TempDir(factory = MemoryFolder.class)
    Path root;

    private final Random random = new Random();
    private History history;
    private Replica replica;

    @BeforeEach
    void begin() throws IOException {
        history = new History(Files.createDirectories(root.resolve("stash")));
        replica = new Replica(history, root);
        replica.sql(Files.readString(PROFILE.resolve("install.sql")));
        List<PostStep> steps = new ArrayList<>();
        for (String file : List.of("1-plates.sql", "2-periods.sql", "3-reports.sql", "4-stops.sql")) {
            steps.add(new PostStep(
                    steps.size() + 1,
                    file.replace(".sql", ""),
                    Optional.of(PROFILE.resolve(file).toAbsolutePath()),
                    List.of(),
                    Duration.ZERO,
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(10),
                    false));
        }
        replica.post = steps;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theStepsKeepUpWithWhateverChanges(long seed) throws IOException {
        random.setSeed(seed);
        replica.sql(
                "insert into transapp.holiday values ('2026-09-18'); insert into transapp.bus_stop select 'PA' || i, 'Stop ' || i,"
                        + " -70.6 + 0.2 * (i * 37 % 101) / 101.0, -33.4 + 0.2 * (i * 53 % 97) / 97.0 from generate_series(1, 60) i;"
                        + " insert into transapp.service_stop select '10' || i % 3, case when i % 2 = 0 then 'I' else 'R' end, 'PA' || i"
                        + " from generate_series(1, 60) i");
        history.sql(SCHEMA);
        int tick = history.tick(changes(150));
        replica.load(history.complete());
        run();
        check();
        for (int round = 0; round < 5; round++) {
            int next = history.tick(changes(12));
            replica.load(random.nextInt(3) == 0 ? history.complete() : history.partial(tick, next));
            tick = next;
            if (random.nextInt(3) > 0) {
                run();
                check();
            }
        }
        run();
        check();
    }

    private void run() {
        try (ReceiverNode node = replica.node()) {
            assertThat(node.postProcess(false)).allMatch(StepOutcome::done, "done");
        }
    }

    private String changes(int count) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int id = 1 + random.nextInt(40);
            sql.append(
                    switch (random.nextInt(9)) {
                        case 0 -> put("busv2", id, "'" + plate() + "'", "\"registrationPlate\"");
                        case 1 -> put("busassignment", id, "'10" + random.nextInt(5) + "', 1", "service, uuid_id");
                        case 2 ->
                            put(
                                    "eventforbusv2",
                                    id,
                                    "'" + time() + "', '" + time() + "', " + (1 + random.nextInt(40)),
                                    "\"timeStamp\", \"timeCreation\", busassignment_id");
                        case 3 ->
                            put(
                                    "eventforbusstop",
                                    id,
                                    "'" + time() + "', '" + time() + "', 'PA1'",
                                    "\"timeStamp\", \"timeCreation\", \"stopCode\"");
                        case 4, 5 ->
                            put(
                                    "stadisticdatafromregistrationbus",
                                    2 * id + random.nextInt(2),
                                    (-70.6 + 0.2 * random.nextDouble()) + ", " + (-33.4 + 0.2 * random.nextDouble())
                                            + ", '" + time() + "', " + (1 + random.nextInt(40)),
                                    "longitude, latitude, \"timeStamp\", \"reportOfEvent_id\"");
                        case 6 -> put("report", id, "'" + report() + "'", "\"reportInfo\"");
                        default ->
                            "delete from \"AndroidRequests_"
                                    + List.of(
                                                    "busv2",
                                                    "eventforbusv2",
                                                    "eventforbusstop",
                                                    "stadisticdatafromregistrationbus",
                                                    "report",
                                                    "busassignment")
                                            .get(random.nextInt(6))
                                    + "\" where id = " + id + ";\n";
                    });
        }
        return sql.toString();
    }

    private static String put(String table, int id, String values, String columns) {
        String set = IntStream.range(0, columns.split(", ", -1).length)
                .mapToObj(i -> columns.split(", ", -1)[i] + " = excluded." + columns.split(", ", -1)[i])
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        return "insert into \"AndroidRequests_" + table + "\" (id, " + columns + ") values (" + id + ", " + values
                + ") on conflict (id) do update set " + set + ";\n";
    }

    private String plate() {
        return List.of("ABCD12", "xyzw99", "dummyLPt", "DUMMYLPT", "", "AB-12", "ABCDE123")
                .get(random.nextInt(7));
    }

    private Instant time() {
        return Instant.parse(TIMES.get(random.nextInt(TIMES.size()))).plusSeconds(random.nextInt(3) * 1800L);
    }

    private String report() {
        return List.of(
                        "{\"bus\":{\"service\":\"101\",\"licensePlate\":\"ABCD12\",\"machineId\":\"\",\"latitude\":-33.45,\"longitude\":-70.66},"
                                + "\"locationUser\":{\"latitude\":\"  -33.4\",\"longitude\":\"  -70.6\"}}",
                        "{\"bus_stop\":{\"id\":\"PA7\",\"latitude\":-33.5,\"longitude\":\"far away\"}}",
                        "{\"bus\":{\"service\":\"102e\",\"licensePlate\":\"dummyLPt\",\"machineId\":\"0b3\"}}",
                        "not JSON {",
                        "{}",
                        "[1, 2]")
                .get(random.nextInt(6));
    }

    private void check() throws IOException {
        assertThat(rows("select bus_id || '|' || text from transapp.plate"))
                .containsExactlyInAnyOrderElementsOf(
                        rows("select id || '|' || \"registrationPlate\" from \"AndroidRequests_busv2\"").stream()
                                .map(row -> row.split("\\|", -1))
                                .map(row -> row[0] + "|" + plateText(row[1]))
                                .toList());
        checkPeriods();
        checkReports();
        checkStops();
    }

    private static String plateText(String plate) {
        if (plate.matches("[A-Za-z0-9]{6}")) {
            String upper = plate.toUpperCase(Locale.ROOT);
            return upper.substring(0, 2) + " " + upper.substring(2, 4) + " " + upper.substring(4);
        }
        return plate.isBlank() || plate.toLowerCase(Locale.ROOT).startsWith("dummy") ? "No Info." : plate;
    }

    private void checkPeriods() {
        List<String> expected = new ArrayList<>();
        for (String kind : List.of("bus", "stop")) {
            String table = kind.equals("bus") ? "eventforbusv2" : "eventforbusstop";
            for (String row : rows(
                    "select id || '|' || extract(epoch from \"timeCreation\") from \"AndroidRequests_" + table + '"')) {
                String[] cells = row.split("\\|", -1);
                Instant at = Instant.ofEpochMilli(Math.round(Double.parseDouble(cells[1]) * 1000));
                ZonedDateTime local = at.atZone(SANTIAGO);
                int half = local.getHour() * 2 + local.getMinute() / 30;
                expected.add(kind + "|" + cells[0] + "|" + half + "|" + period(local));
            }
        }
        assertThat(
                        rows(
                                "select kind || '|' || event_id || '|' || half_hour || '|' || day_period from transapp.event_period"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private int period(ZonedDateTime local) {
        boolean rest = local.getDayOfWeek() == DayOfWeek.SUNDAY
                || local.toLocalDate().toString().equals("2026-09-18");
        String type = rest ? "D" : local.getDayOfWeek() == DayOfWeek.SATURDAY ? "S" : "L";
        return Integer.parseInt(replica.read("select max(id) from transapp.day_period where day_type = '" + type
                + "' and starts = (select max(starts) from transapp.day_period where day_type = '" + type
                + "' and starts <= '"
                + local.toLocalTime() + "')"));
    }

    private void checkReports() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> expected = new ArrayList<>();
        for (String row : rows("select id || '|' || \"reportInfo\" from \"AndroidRequests_report\"")) {
            String text = row.substring(row.indexOf('|') + 1);
            JsonNode json = text.startsWith("not") ? mapper.missingNode() : mapper.readTree(text);
            String kind = json.isMissingNode()
                    ? "unreadable"
                    : json.has("bus") ? "bus" : json.has("bus_stop") ? "stop" : "other";
            JsonNode bus = json.path("bus");
            String plate =
                    bus.has("licensePlate") ? plateText(bus.get("licensePlate").asText()) : "-";
            JsonNode place = json.has("bus") ? bus : json.path("bus_stop");
            expected.add(String.join(
                    "|",
                    row.substring(0, row.indexOf('|')),
                    kind,
                    or(bus.path("service")),
                    plate,
                    or(bus.path("machineId")),
                    or(json.path("bus_stop").path("id")),
                    number(place.path("longitude")),
                    number(place.path("latitude")),
                    number(json.path("locationUser").path("longitude"))));
        }
        assertThat(rows(
                        "select concat_ws('|', report_id, kind, coalesce(service, '-'), coalesce(plate, '-'), coalesce(machine_id, '-'),"
                                + " coalesce(stop_code, '-'), coalesce(longitude::text, '-'), coalesce(latitude::text, '-'),"
                                + " coalesce(user_longitude::text, '-')) from transapp.report_info"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String or(JsonNode node) {
        return node.asText("").isEmpty() ? "-" : node.asText();
    }

    private static String number(JsonNode node) {
        String text = node.asText("").strip();
        return text.matches("-?[0-9.]+") ? String.valueOf(Double.parseDouble(text)) : "-";
    }

    /** Every stop is looked at for every event. */
    private void checkStops() {
        String all = """
                select concat_ws('|', e.id, s.id, n.codes[1], n.codes[2], coalesce(d.direction, '-'))
                  from "AndroidRequests_eventforbusv2" e
                  join "AndroidRequests_busassignment" a on a.id = e.busassignment_id
                  join "AndroidRequests_stadisticdatafromregistrationbus" s on s.id = (
                    select x.id from "AndroidRequests_stadisticdatafromregistrationbus" x where x."reportOfEvent_id" = e.id
                     order by x."timeStamp", x.id limit 1)
                  cross join lateral (
                    select array_agg(b.code order by sqrt(((b.longitude - s.longitude) * 0.8343) ^ 2 + (b.latitude - s.latitude) ^ 2))
                      from transapp.bus_stop b
                     where b.code in (select stop_code from transapp.service_stop v where v.service = a.service)
                        or not exists (select from transapp.service_stop v where v.service = a.service)) n (codes)
                  left join transapp.service_stop d on d.service = a.service and d.stop_code = n.codes[1]""";
        assertThat(
                        rows(
                                "select concat_ws('|', event_id, stat_id, stop_1, stop_2, coalesce(direction, '-')) from transapp.event_stops"))
                .containsExactlyInAnyOrderElementsOf(rows(all));
    }

    private List<String> rows(String query) {
        String text = replica.read("select coalesce(string_agg(x, E'\\n'), '') from (" + query + ") q (x)");
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }
}

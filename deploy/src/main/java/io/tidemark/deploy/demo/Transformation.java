package io.tidemark.deploy.demo;

import io.tidemark.deploy.kit.Figures;
import io.tidemark.deploy.kit.KitException;
import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.deploy.kit.TidemarkHome;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.deploy.kit.Wait;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Post-processing as {@code profiles/transapp} has it: its steps on the replica, and what they computed. */
final class Transformation {
    /** What the steps fill; loads never touch it. */
    static final String SCHEMA = "transapp";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LABEL = "post-processing";
    private static final String INSTALLED_AT = "/etc/tidemark/transapp";
    /** Rows of replicated tables for which a step still has something to do, or of which it computed too much. */
    private static final String LEFT = """
            select (select count(*) from "AndroidRequests_busv2" b full join transapp.plate p on p.bus_id = b.id where b.id is null or p.bus_id is null)
              + (select count(*) from "AndroidRequests_eventforbusv2" e full join (select * from transapp.event_period where kind = 'bus') p
                 on p.event_id = e.id where e.id is null or p.event_id is null)
              + (select count(*) from "AndroidRequests_report" r full join transapp.report_info i on i.report_id = r.id
                 where r.id is null or i.report_id is null)
              + (select count(*) from (select distinct "reportOfEvent_id" as id from "AndroidRequests_stadisticdatafromregistrationbus") e
                 full join transapp.event_stops s on s.event_id = e.id where e.id is null or s.event_id is null)""";

    private static final String COUNTS = """
            select (select count(*) from transapp.plate), (select count(*) from transapp.event_period),
              (select count(*) from transapp.report_info), (select count(*) from transapp.event_stops)""";
    /** The newest event on a bus: what the primary has of it, and what the steps made of that. */
    private static final String NEWEST = """
            select b."registrationPlate", p.text, to_char(e."timeCreation" at time zone 'UTC', 'HH24:MI') || ' UTC', h.name || ', ' || d.name,
              s.longitude::numeric(8, 4) || ', ' || s.latitude::numeric(8, 4),
              format('%s at %s m, %s at %s m, direction %s', s.stop_1, round(s.metres_1), s.stop_2, round(s.metres_2), s.direction),
              r."reportInfo", format('kind %s, service %s, plate %s', i.kind, i.service, i.plate)
              from "AndroidRequests_eventforbusv2" e
              join "AndroidRequests_busassignment" a on a.id = e.busassignment_id
              join "AndroidRequests_busv2" b on b.id = a.uuid_id
              join "AndroidRequests_report" r on r."phoneId" = e."phoneId" and r."timeStamp" = e."timeStamp"
              join transapp.plate p on p.bus_id = b.id
              join transapp.event_period t on t.kind = 'bus' and t.event_id = e.id
              join transapp.half_hour h on h.id = t.half_hour
              join transapp.day_period d on d.id = t.day_period
              join transapp.event_stops s on s.event_id = e.id
              join transapp.report_info i on i.report_id = r.id
             order by e.id desc limit 1""";

    private final Screen screen;
    private final TwoNodes nodes;

    Transformation(Screen screen, TwoNodes nodes) {
        this.screen = screen;
        this.nodes = nodes;
    }

    /** Does on the replica what the profile's README says; gives the receiver with the profile's settings. */
    Node install(Node receiver) {
        Path profile = TidemarkHome.find().folder().resolve("profiles/transapp");
        nodes.replica()
                .psql(TwoNodes.REPLICA)
                .run("set role " + TwoNodes.ROLE + ";\n" + TextFiles.read(profile.resolve("install.sql"))
                        + TextFiles.resource("/transapp-stops.sql"));
        Node configured = receiver;
        for (Map.Entry<String, String> setting : settings(profile).entrySet()) {
            configured = configured.with(setting.getKey(), setting.getValue());
        }
        return configured;
    }

    private static Map<String, String> settings(Path profile) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TextFiles.read(profile.resolve("post.properties"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key ->
                        settings.put(key, properties.getProperty(key).replace(INSTALLED_AT, profile.toString())));
        return settings;
    }

    /** Nothing is written any more: waits until the steps have done everything, and shows what they made of the newest event. */
    void show() {
        try (Screen.Live live = screen.live(LABEL, () -> "the steps do what changed")) {
            Wait.until(
                    "the steps of post-processing have done everything",
                    PATIENCE,
                    () -> ask(LEFT).equals("0"));
            String[] counts = ask(COUNTS).split("\\|", -1);
            String[] newest = ask(NEWEST).split("\\|", -1);
            live.end();
            if (newest.length != 8) {
                throw new KitException(
                        "post-processing computed nothing for the newest event: " + Arrays.toString(newest));
            }
            screen.done(LABEL, "four steps of profiles/transapp keep beside the replicated tables:", live.elapsed());
            screen.became("plates", rows(counts[0]), newest[0], newest[1]);
            screen.became("periods", rows(counts[1]), newest[2], newest[3]);
            screen.became("reports", rows(counts[2]), newest[6], newest[7]);
            screen.became("stops", rows(counts[3]), newest[4], newest[5]);
        }
    }

    private static String rows(String count) {
        return Figures.count(Long.parseLong(count)) + " rows";
    }

    private String ask(String sql) {
        return nodes.replica().psql(TwoNodes.REPLICA, sql);
    }
}

package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A complete reads what somebody wrote to since the one before, and nothing that somebody wrote to goes unread. */
final class UnchangedPartsIT {
    private static final String BIG = "\"AndroidRequests_poseintrajectoryoftoken\"";

    private Pair pair = Ground.small();

    @Test
    void untouchedPartsAreNotReadAndTouchedOnesAre() {
        pair = Ground.medium();
        complete();
        assertThat(complete()).contains("unchanged");

        List<String> works = List.of(
                "begin; savepoint s; delete from " + BIG + " where id = 11; rollback to s; update " + BIG
                        + " set longitude = 1 where id = 12; delete from " + BIG
                        + " where id between 100 and 20000; insert into " + BIG
                        + " select nextval(pg_get_serial_sequence('" + BIG
                        + "', 'id')), longitude, latitude, \"timeStamp\", \"inVehicleOrNot\", token_id from " + BIG
                        + " where id < 90; commit",
                "vacuum " + BIG + "; cluster " + BIG
                        + " using \"AndroidRequests_poseintrajectoryoftoken_timeStamp_idx\"; alter table " + BIG
                        + " add column extra int default 5",
                "alter table " + BIG + " drop column extra; alter table " + BIG + " add column extra int default 6");
        for (String work : works) {
            for (String statement : work.startsWith("begin") ? new String[] {work} : work.split("; ")) {
                pair.primary(statement);
            }
            complete();
            assertThat(pair.nodes().compare().differences()).as(work).isEmpty();
        }
    }

    @Test
    void labelsThatChangeWithoutAWriteAreSeen() {
        pair.primary("create type mood as enum ('low', 'high')");
        pair.primary("create table moods (id int primary key, m mood, pair int4range)");
        pair.primary("insert into moods select i, 'low' from generate_series(1, 1000) i");
        complete();
        complete();
        pair.primary("alter type mood rename value 'low' to 'down'");
        complete();
        assertThat(pair.nodes().compare().differences()).isEmpty();
    }

    @Test
    void aServerThatWasStartedAnewIsReadAsAWhole() {
        complete();
        pair.nodes().primary().restart();
        assertThat(complete()).doesNotContain("unchanged");
        assertThat(complete()).contains("unchanged");
    }

    @Test
    void everyPartIsReadAgainAfterAWhile() {
        String[] always = {"complete.read-all", "1ms"};
        complete();
        assertThat(pair.sender().with(always[0], always[1]).run("complete").error())
                .doesNotContain("unchanged");
    }

    private String complete() {
        String words = pair.sender().run("complete").error();
        pair.load(pair.receiver());
        return words;
    }
}

package io.tidemark.deploy.twonode;

import static io.tidemark.deploy.twonode.Pair.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.deploy.kit.Node;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.failure.FailureCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Partials by command: after each the replica is what the primary is, whatever was changed and in whichever order they arrive. */
final class PartialIT {
    private final Chained pair = Chained.begin("/partials.sql");

    @Test
    void theReplicaEqualsThePrimaryAfterEveryPartial() {
        List<String> works = List.of("""
                begin;
                insert into parent values (100, E'tab\\tline\\n\\\\N "quoted" ''', '', 'NaN', 'it''s "odd"', '-Infinity', '\\x00ff', '{"a": [1, null]}', '{}', 'd');
                insert into parent (id, f) values (101, 'NaN');
                insert into child values (900, 1, 100, null, null);
                savepoint lost; delete from child; update parent set n = 0; rollback to lost;
                savepoint kept; update parent set name = null, tags = null where id < 5; release kept;
                delete from child where id = 3; delete from whole where a < 4; update whole set c = null where a = 5; update whole set b = 'moved' where a = 6;
                update coded set code = 'other', c = 'ab' where code = 'code 1'; delete from coded where code = 'code 2';
                commit;
                """, """
                update parent set n = 1 where id between 10 and 20;
                update child set word = 'unchanged beside' where id = 5;
                update child set line = line + 5 where id = 6;
                update child set id = 7000, word = 'twice' where id = 7; update child set id = 7001 where id = 7000;
                begin; update parent set name = 'swap' where id = 30; update parent set name = 'name 30' where id = 31;
                update parent set name = 'name 31' where id = 30; commit;
                delete from numbered where id < 5; insert into numbered (id, t) values (1, 'again'), (2, 'again');
                """, """
                update moved set at = at + 30 where id < 15; update moved set at = at - 60 where id > 30; delete from moved where id = 20;
                truncate coded; insert into coded values ('code 5', 'after', 'x');
                truncate parent cascade;
                insert into parent select i, 'again ' || i, repeat('y', 3000) from generate_series(1, 10) i;
                insert into child values (1, 1, 1, 'again', repeat('z', 3000)); update child set word = 'and again';
                """, """
                begin; insert into parent (id, name) values (200, 'prepared'); update child set word = 'prepared'; prepare transaction 'p';
                """, "update parent set n = 5 where id < 4", "commit prepared 'p'");
        for (String work : works) {
            pair.work(work);
            pair.partial();
            pair.assertEqual(work);
        }
        int before = pair.pair().inbox(".tar").size();
        assertThat(pair.sender().run("partial").output()).contains("nothing changed");
        assertThat(pair.pair().inbox(".tar")).hasSize(before);
        assertThat(pair.pair().replica("select count(*) from keyless")).isEqualTo("2");
    }

    @Test
    void aNewColumnFlowsARenamedOneHoldsAndANewTableComesWithTheCompleteThatMendsBoth() {
        pair.work("alter table coded add column extra text; update coded set extra = 'e' where code < 'code 15'");
        pair.partial();
        pair.assertEqual("a new column");

        pair.work("create table fresh (id int primary key, t text); insert into fresh values (1, 'one'), (2, 'two')");
        pair.partial();
        pair.work("insert into fresh values (3, 'three'); delete from fresh where id = 1; update parent set n = 1");
        pair.partial();
        pair.work("alter table whole rename c to renamed; update whole set renamed = 'r'");
        pair.sender().run("partial");
        pair.work("update parent set n = 2; update fresh set t = 'later'");
        pair.sender().run("partial");
        assertFailed(pair.receiver().tryRun("load"), FailureCode.HELD);
        assertThat(pair.pair().replica("select max(n)::int from parent")).isEqualTo("1");
        assertThat(pair.receiver().run("status").output()
                        + pair.receiver().run("list").output())
                .contains("column renamed (text) is new on the primary")
                .contains("it waits behind");

        pair.complete();
        pair.assertEqual("after the complete");
        pair.work("update whole set renamed = 's'; update fresh set t = 'last'");
        pair.partial();
        pair.assertEqual("after that");
    }

    @Test
    void aCompleteThatTenPartialsOvertakeTakesNothingBack() {
        pair.work(
                "update parent set n = -1; create table fresh (id int primary key, t text); insert into fresh values (1, 'one')");
        pair.partial();
        pair.sender().run("complete");
        Path late = pair.setAside("-complete");
        for (int i = 0; i < 10; i++) {
            pair.work(change(i, "fresh"));
            pair.sender().run("partial");
            if (i % 5 == 4) {
                pair.receiver().run("load");
                pair.assertEqualBut("fresh", "before the complete");
            }
        }
        pair.deliver(late);
        pair.receiver().run("load");
        pair.assertEqual("after the complete that came late");
        pair.work("update parent set n = n - 1; update fresh set t = 'x'");
        pair.partial();
        pair.assertEqual("after that");
    }

    private static String change(int i, String plain) {
        return switch (i % 5) {
            case 0 -> "delete from child where id % 5 = " + i % 3 + "; update parent set n = " + i + " where id < 20";
            case 1 -> "truncate whole; insert into whole select i, 'new', 'c' from generate_series(1, " + i + ") i";
            case 2 ->
                "insert into child select g, 1, 1, 'again', 'x' from generate_series(5, 10) g on conflict (id, line) do"
                        + " update set word = 'again'; insert into " + plain + " values (" + i + ", 'two')";
            case 3 ->
                "update parent set id = id + 1000 where id = " + (50 + i) + "; update " + plain + " set t = t || id";
            default ->
                "delete from coded where code > 'code 3'; insert into coded values ('code 4', '" + i
                        + "', 'c'); update moved set at = at + 20 where id = " + i;
        };
    }

    @Test
    void theOrderOfArrivalDoesNotMatterAndALostOneIsToldLoudlyUntilACompleteComes() {
        for (int i = 0; i < 3; i++) {
            pair.work(change(i, "plain"));
            pair.sender().run("partial");
        }
        List<Path> bundles = pair.pair().inbox(".tar");
        Path aside = pair.setAside("-partial");
        Pair.copy(
                List.of(aside.resolve(bundles.get(2).getFileName())),
                pair.pair().nodes().inbox());
        NodeProcess.Result gap = pair.receiver().tryRun("load");
        assertFailed(gap, FailureCode.HELD);
        assertThat(gap.error()).contains("have not come");
        pair.deliver(aside);
        pair.receiver().run("load");
        pair.assertEqual("in reverse");
        pair.deliver(aside);
        pair.receiver().run("load");
        pair.assertEqual("twice");

        for (int i = 3; i < 6; i++) {
            pair.work(change(i, "plain"));
            pair.sender().run("partial");
        }
        pair.lose(pair.pair().inbox(".tar").get(1));
        assertFailed(pair.receiver().tryRun("load"), FailureCode.HELD);
        assertThat(pair.receiver().run("status").output()).contains("missing: bundle 6");
        pair.complete();
        pair.assertEqual("after the complete");
    }

    @Test
    void aSlotThatIsDroppedOrMovedOnByHandIsBridgedByAComplete() {
        String slot = "tidemark_transapp";
        for (String harm : List.of(
                "select pg_drop_replication_slot('" + slot + "')",
                "select pg_replication_slot_advance('" + slot + "', pg_current_wal_lsn())")) {
            pair.work("update parent set n = n + 1; delete from child where id % 7 = 1");
            pair.work("set role none; " + harm);
            pair.work("update parent set n = n + 1 where id % 2 = 0");
            NodeProcess.Result told = pair.sender().run("partial");
            assertThat(told.error()).contains("a complete is needed").contains(slot);
            pair.work("insert into whole values (500, 'new', '" + harm.length()
                    + "') on conflict (a, b) do update set c = excluded.c");
            pair.complete();
            pair.assertEqual(harm);
            pair.work("update parent set n = n + 1 where id % 3 = 0");
            pair.partial();
            pair.assertEqual("after that");
        }
    }

    /** Settings for both nodes with the remote folder on this machine: what is proven here does not depend on how bundles travel. */
    record Chained(Pair pair, Node sender, Node receiver) {
        static Chained begin(String schema) {
            Pair pair = Ground.empty();
            pair.nodes().allowPartials();
            pair.nodes().primary().psql("transapp").run(Ground.resource(schema));
            Node sender = pair.sender()
                    .with("remote.url", "file:" + pair.nodes().inbox())
                    .with("remote.receipts", pair.nodes().receipts().toString())
                    .without("remote.private-key")
                    .without("remote.known-hosts");
            Chained chained = new Chained(pair, sender, pair.receiver());
            sender.run("partial");
            chained.complete();
            return chained;
        }

        void work(String sql) {
            pair.primary(sql);
        }

        void partial() {
            sender.run("partial");
            receiver.run("load");
        }

        void complete() {
            sender.run("complete");
            receiver.run("load");
        }

        /** Sequences travel with completes alone. */
        void assertEqual(String when) {
            assertEqualBut("no table", when);
        }

        void assertEqualBut(String table, String when) {
            assertThat(pair.nodes().compare().differences().stream()
                            .filter(line -> !line.startsWith("public." + table + ":") && !line.contains("_seq: "))
                            .toList())
                    .as(when)
                    .isEmpty();
        }

        /** Takes volumes out of the inbox; where they are then. */
        Path setAside(String kind) {
            List<Path> volumes = pair.inbox(".tar").stream()
                    .filter(file -> file.getFileName().toString().contains(kind))
                    .toList();
            Path aside = pair.scratch().subfolder("aside-" + System.nanoTime());
            Pair.copy(volumes, aside);
            volumes.forEach(this::lose);
            return aside;
        }

        void lose(Path volume) {
            Scratch.delete(volume);
        }

        void deliver(Path aside) {
            List<Path> volumes = Pair.files(aside, ".tar");
            volumes.forEach(volume -> lose(pair.nodes().inbox().resolve(volume.getFileName())));
            Pair.copy(volumes, pair.nodes().inbox());
        }
    }
}

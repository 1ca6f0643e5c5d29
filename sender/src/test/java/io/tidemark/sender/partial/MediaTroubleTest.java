package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Silent;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.Manifest;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.sender.partial.MediaShop.Sent;
import io.tidemark.sender.route.MediaWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told where media do not travel as they should, and that rows go on. */
class MediaTroubleTest {
    @RegisterExtension
    private final Shops shops = new Shops();

    @TempDir
    private Path folder;

    private final Told told = new Told();

    /** Alarms that are open, by name. */
    private static final class Told extends Silent {
        private final TreeMap<String, String> open = new TreeMap<>();

        private final TreeMap<String, String> logs = new TreeMap<>();

        @Override
        public void raise(AlarmId id, String log, String message, String hint) {
            assertThat(hint).isNotEmpty();
            open.put(id.name(), message);
            logs.put(id.name(), log);
        }

        @Override
        public void clear(AlarmId id) {
            open.remove(id.name());
        }
    }

    private Map<String, String> alarms(MediaShop shop) {
        new MediaWatch(shop.shop.state, told).look();
        return told.open;
    }

    private MediaShop shop(String... more) throws IOException {
        String name = shops.database();
        shops.primary().sql(name, "create table t (id int primary key)");
        MediaShop shop = new MediaShop(shops.primary(), name, folder.resolve(name), more);
        for (int i = 0; i < 12; i++) {
            shop.write("f" + i, "content " + i);
        }
        return shop;
    }

    private static MediaShop with(MediaShop shop, boolean partials) throws IOException {
        if (partials) {
            shop.partial();
        }
        shop.complete();
        return shop;
    }

    private static Sent sent(MediaShop shop, BundleId bundle) throws IOException {
        return Objects.requireNonNull(shop.sent().get(bundle));
    }

    private static void assertSame(MediaShop shop) throws IOException {
        assertThat(MediaShop.received(new ArrayList<>(shop.sent().values()))).isEqualTo(shop.folder());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void completesGoOnWithoutTheFolderAndListItsFilesAsTheyWere(boolean partials) throws IOException {
        try (MediaShop shop = with(shop(), partials)) {
            List<MediaRecord> before = List.copyOf(shop.sent().values())
                    .get(shop.sent().size() - 1)
                    .files();
            assertThat(alarms(shop)).isEmpty();
            Path elsewhere = Files.move(shop.media, folder.resolve("unmounted"));

            Sent without = sent(shop, shop.complete());
            assertThat(without.files()).isEqualTo(before).hasSize(12);
            assertThat(without.manifest().leftOut())
                    .extracting(Manifest.LeftOut::reason)
                    .anySatisfy(reason -> assertThat(reason).contains("is missing"));
            assertThat(alarms(shop))
                    .hasEntrySatisfying(
                            "media.missing", text -> assertThat(text).contains(shop.media.toString()));
            assertThat(told.logs).as("whose log tells of it").containsEntry("media.missing", "complete");
            if (partials) {
                shop.partial();
                alarms(shop);
                assertThat(told.logs).as("whose log tells of it").containsEntry("media.missing", "partial");
            }

            Files.move(elsewhere, shop.media);
            Files.delete(shop.media.resolve("f3"));
            shop.write("f4", "changed meanwhile");
            if (partials) {
                shop.partial();
            } else {
                alarms(shop);
                assertThat(shop.shop.state.chain().openRequest())
                        .as("nobody else brings what is new in a folder that is back")
                        .isPresent();
                shop.complete();
            }
            assertThat(alarms(shop)).isEmpty();
            assertThat(shop.shop.state.chain().openRequest()).isEmpty();
            assertSame(shop);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFirstCompleteWithoutTheFolderLeavesMediaAloneAndTheirTurnComesWithTheFolder(boolean partials)
            throws IOException {
        try (MediaShop shop = shop()) {
            Path elsewhere = Files.move(shop.media, folder.resolve("unmounted"));
            with(shop, partials);
            Sent without = List.copyOf(shop.sent().values()).get(shop.sent().size() - 1);
            assertThat(without.manifest().media().managed())
                    .as("a receiver leaves its folder alone")
                    .isFalse();
            assertThat(alarms(shop)).containsOnlyKeys("media.missing");
            assertThat(shop.shop.state.chain().openRequest()).isEmpty();

            Files.move(elsewhere, shop.media);
            alarms(shop);
            assertThat(shop.shop.state.chain().openRequest())
                    .hasValueSatisfying(
                            request -> assertThat(request.isRoutine()).isTrue());
            assertThat(sent(shop, shop.complete()).files()).hasSize(12);
            assertThat(alarms(shop)).isEmpty();
            assertSame(shop);
        }
    }

    @Test
    void deletionsThatAreHeldBackAreAnAlarmUntilTheFilesAreBack() throws IOException {
        try (MediaShop shop = with(shop(), true)) {
            Path elsewhere = Files.move(shop.media, folder.resolve("unmounted"));
            Files.createDirectory(shop.media);
            shop.partial();
            assertThat(alarms(shop)).containsOnlyKeys("media.deletion-held");
            shop.complete();
            assertThat(alarms(shop)).containsOnlyKeys("media.deletion-held");
            Files.delete(shop.media);
            shop.partial();
            assertThat(alarms(shop)).containsKey("media.missing");
            Files.move(elsewhere, shop.media);
            shop.partial();
            assertThat(alarms(shop)).isEmpty();
            assertSame(shop);
        }
    }

    /** What only the complete has told of is gone as well, and no file is lost. */
    @Test
    void aFolderThatIsRenamedTwiceWithACompleteBetweenIsNotTakenForDeleted() throws IOException {
        try (MediaShop shop = with(shop(), true)) {
            Path inner = Files.createDirectory(shop.media.resolve("moved"));
            for (int i = 0; i < 12; i++) {
                shop.write("moved/" + i, "content " + i);
            }
            shop.partial();
            Path once = Files.move(inner, shop.media.resolve("moved once"));
            shop.complete();
            Files.move(once, shop.media.resolve("moved twice"));
            shop.partial();
            assertThat(alarms(shop)).isEmpty();
            assertSame(shop);
        }
    }

    @Test
    void filesThatNobodyLetsUsReadAreNamedAndFollow() throws IOException, InterruptedException {
        try (MediaShop shop = with(shop(), true)) {
            Path secret = shop.write("secret", "not for everybody");
            shop.write("plain", "for everybody");
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
            for (String kind : List.of("partial", "complete")) {
                Unprivileged.make(shop, kind);
                assertThat(alarms(shop)).as(kind).containsOnlyKeys("media.unreadable");
                assertThat(alarms(shop).get("media.unreadable")).contains("media file secret cannot be read");
            }
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
            shop.partial();
            assertThat(alarms(shop)).isEmpty();
            assertSame(shop);
            assertThat(shop.sent().values().stream()
                            .flatMap(each -> each.deltas().stream())
                            .map(MediaDelta::path))
                    .containsExactly("plain", "secret");
        }
    }

    @Test
    void aFolderBelowThatCannotBeReadHoldsMediaAndNotRows() throws IOException, InterruptedException {
        try (MediaShop shop = shop()) {
            shop.write("sub/file", "below");
            with(shop, true);
            Path sub = shop.media.resolve("sub");
            Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("---------"));
            shop.shop.sql("insert into t values (1)");
            int before = shop.sent().size();
            for (String kind : List.of("partial", "complete")) {
                Unprivileged.make(shop, kind);
                assertThat(alarms(shop)).as(kind).containsOnlyKeys("media.unreadable");
                assertThat(alarms(shop).get("media.unreadable")).contains(sub.toString());
            }
            Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("rwx------"));
            assertThat(shop.sent()).as("bundles with the rows").hasSize(before + 2);
            shop.partial();
            assertThat(alarms(shop)).isEmpty();
            assertSame(shop);
        }
    }

    /** Makes a bundle in a process for which rights on files count, as they do not for root. */
    static final class Unprivileged {
        private Unprivileged() {}

        static void make(MediaShop shop, String kind) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>();
            if ("root".equals(System.getProperty("user.name"))) {
                words.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
            }
            words.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                    Unprivileged.class.getName(),
                    shop.shop.primary.url(shop.shop.database),
                    shop.shop.database,
                    Objects.requireNonNull(shop.media.getParent()).toString(),
                    kind));
            assertThat(new ProcessBuilder(words).inheritIO().start().waitFor()).isZero();
        }

        public static void main(String[] arguments) throws IOException {
            try (MediaShop shop = new MediaShop(Primary.at(arguments[0]), arguments[1], Path.of(arguments[2]))) {
                if (arguments[3].equals("partial")) {
                    shop.partial();
                } else {
                    shop.complete();
                }
            }
        }
    }
}

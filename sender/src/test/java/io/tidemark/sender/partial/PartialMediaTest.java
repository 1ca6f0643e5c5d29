package io.tidemark.sender.partial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.blob.BlobId;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import io.tidemark.bundle.MediaDelta;
import io.tidemark.bundle.MediaRecord;
import io.tidemark.crash.CrashPoints;
import io.tidemark.receipt.Receipt;
import io.tidemark.sender.media.MediaTrouble;
import io.tidemark.sender.partial.MediaShop.Sent;
import io.tidemark.sender.state.ChainState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartialMediaTest {
    @RegisterExtension
    private final Shops shops = new Shops();

    @TempDir
    private Path folder;

    private MediaShop shop(String... more) throws IOException {
        String name = shops.database();
        shops.primary()
                .sql(name, "create table t (id int primary key, updated_at timestamptz default clock_timestamp())");
        return new MediaShop(shops.primary(), name, folder.resolve(name), more);
    }

    /** With ten files, a complete and a chain of partials that stands on it. */
    private MediaShop standing(String... more) throws IOException {
        MediaShop shop = shop(more);
        for (int i = 0; i < 10; i++) {
            shop.write("f" + i, "content " + i);
        }
        shop.partial();
        shop.complete();
        return shop;
    }

    private static List<Sent> sent(MediaShop shop, List<BundleId> bundles) throws IOException {
        Map<BundleId, Sent> all = shop.sent();
        return bundles.stream().map(all::get).toList();
    }

    private static List<MediaRecord> files(MediaShop shop, BundleId complete) throws IOException {
        return Objects.requireNonNull(shop.sent().get(complete)).files();
    }

    private static List<String> lines(List<Sent> sent) {
        return sent.stream()
                .flatMap(each -> each.deltas().stream())
                .map(line -> line.op() + " " + line.path())
                .toList();
    }

    private static void assertSame(MediaShop shop) throws IOException {
        assertThat(MediaShop.received(new ArrayList<>(shop.sent().values()))).isEqualTo(shop.folder());
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "watermark"})
    void newChangedRenamedAndDeletedFilesTravelWithTheNextPartial(String mode) throws IOException {
        try (MediaShop shop = standing("partial.mode=" + mode)) {
            shop.shop.sql("insert into t values (1)");
            shop.write("new/ picture", "new");
            shop.write("line\nfeed", "content 1");
            shop.write("f2", "changed");
            shop.write("empty", "");
            Files.move(shop.media.resolve("f3"), shop.media.resolve("renamed"));
            Files.delete(shop.media.resolve("f4"));
            List<Sent> sent = sent(shop, shop.partial());
            assertThat(lines(sent))
                    .containsExactlyInAnyOrder(
                            "ADDED empty",
                            "CHANGED f2",
                            "ADDED line\nfeed",
                            "ADDED new/ picture",
                            "ADDED renamed",
                            "REMOVED f3",
                            "REMOVED f4");
            Set<BlobId> carried = new HashSet<>();
            sent.forEach(each -> carried.addAll(each.contents()));
            assertThat(carried)
                    .as("contents that the receiver does not hold")
                    .containsExactlyInAnyOrder(id("new"), id("changed"), id(""));
            assertSame(shop);
            assertThat(shop.partial()).as("an idle tick's bundles").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "watermark"})
    void mediaTravelThoughTheDatabaseStandsStill(String mode) throws IOException {
        try (MediaShop shop = standing("partial.mode=" + mode)) {
            shop.partial();
            for (int i = 0; i < 3; i++) {
                shop.write("more" + i, "more " + i);
                assertThat(lines(sent(shop, shop.partial()))).containsExactly("ADDED more" + i);
            }
            Files.delete(shop.media.resolve("more0"));
            assertThat(lines(sent(shop, shop.partial()))).containsExactly("REMOVED more0");
            assertSame(shop);
        }
    }

    /** What looks as before is not read: such a change would be seen by a reader alone. */
    @ParameterizedTest
    @ValueSource(strings = {"log", "watermark"})
    void anIdleTickReadsNoFile(String mode) throws IOException {
        try (MediaShop shop = standing("partial.mode=" + mode)) {
            Path file = shop.media.resolve("f1");
            FileTime time = Files.getLastModifiedTime(file);
            Files.writeString(file, "CONTENT 1");
            Files.setLastModifiedTime(file, time);
            for (int i = 0; i < 3; i++) {
                assertThat(shop.partial()).isEmpty();
            }
            shop.shop.sql("insert into t values (1)");
            assertThat(lines(sent(shop, shop.partial()))).isEmpty();
        }
    }

    @Test
    void deletionsThatRowsOfTheSamePartialMayStandAgainstComeInTheOneBehind() throws IOException {
        try (MediaShop shop = standing()) {
            shop.shop.sql("insert into t values (1)");
            shop.write("new", "new");
            Files.delete(shop.media.resolve("f4"));
            List<Sent> sent = sent(shop, shop.partial());
            assertThat(sent).hasSize(2);
            assertThat(lines(sent.subList(0, 1))).containsExactly("ADDED new");
            assertThat(lines(sent.subList(1, 2))).containsExactly("REMOVED f4");
            assertThat(Objects.requireNonNull(sent.get(1).manifest().partial()).from())
                    .isEqualTo(sent.get(0).manifest().position().lsn());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "watermark"})
    void anEmptiedFolderIsNotTakenForDeletedUntilAPersonSaysSo(String mode) throws IOException {
        try (MediaShop shop = standing("partial.mode=" + mode)) {
            Path elsewhere = folder.resolve("elsewhere");
            Files.move(shop.media, elsewhere);
            for (boolean there : new boolean[] {false, true}) {
                if (there) {
                    Files.createDirectory(shop.media);
                }
                shop.shop.sql("insert into t values (" + (there ? 2 : 1) + ")");
                List<Sent> sent = sent(shop, shop.partial());
                assertThat(sent).as("rows go on").hasSize(1);
                assertThat(lines(sent)).isEmpty();
                assertThat(MediaTrouble.read(shop.shop.state))
                        .singleElement()
                        .satisfies(trouble -> assertThat(trouble.text()).contains(there ? "10 of 10" : "is missing"));
                assertThat(shop.partial()).as("an idle tick's bundles").isEmpty();
            }
            shop.complete();
            Files.delete(shop.media);
            Files.move(elsewhere, shop.media);
            shop.write("f5", "changed meanwhile");
            shop.partial();
            assertThat(MediaTrouble.read(shop.shop.state)).isEmpty();
            assertSame(shop);

            for (int i = 0; i < 10; i++) {
                Files.delete(shop.media.resolve("f" + i));
            }
            assertThat(shop.partial()).isEmpty();
            ChosenPartials accepting = new ChosenPartials(
                    shop.shop.settings.acceptingMediaDeletion(),
                    shop.shop.outbox,
                    shop.shop.state,
                    java.time.Clock.systemUTC(),
                    CrashPoints.none());
            try (accepting) {
                assertThat(lines(sent(shop, accepting.make("manual", false)))).hasSize(10);
            }
            assertSame(shop);
            assertThat(MediaTrouble.read(shop.shop.state)).isEmpty();
        }
    }

    @Test
    void aFolderThatIsRenamedIsNotTakenForDeleted() throws IOException {
        try (MediaShop shop = standing()) {
            for (int i = 0; i < 10; i++) {
                Files.createDirectories(shop.media.resolve("moved"));
                Files.move(shop.media.resolve("f" + i), shop.media.resolve("moved/f" + i));
            }
            assertThat(lines(sent(shop, shop.partial()))).hasSize(20);
            assertThat(MediaTrouble.read(shop.shop.state)).isEmpty();
            assertSame(shop);
        }
    }

    @Test
    void aCompleteListsHeldBackFilesAsTheyWere() throws IOException {
        try (MediaShop shop = standing()) {
            for (int i = 0; i < 10; i++) {
                Files.delete(shop.media.resolve("f" + i));
            }
            shop.write("here", "still here");
            BundleId held = shop.complete();
            assertThat(files(shop, held)).hasSize(11);
            BundleId meant = shop.complete(shop.shop.settings.acceptingMediaDeletion(), () -> {}, () -> {});
            assertThat(files(shop, meant)).hasSize(1);
            shop.partial();
            assertSame(shop);
        }
    }

    @Test
    void whatTheReceiverLostComesWithTheNextPartial() throws IOException {
        try (MediaShop shop = standing()) {
            shop.write("lost", "lost");
            BundleId partial = shop.partial().get(0);
            lose(shop, partial, "lost");
            Sent again = sent(shop, shop.partial()).get(0);
            assertThat(again.contents()).containsExactly(id("lost"));
            assertThat(lines(List.of(again))).containsExactly("CHANGED lost");
            assertThat(shop.partial()).isEmpty();

            shop.write("gone", "gone for good");
            BundleId other = shop.partial().get(0);
            lose(shop, other, "gone for good");
            Files.delete(shop.media.resolve("gone"));
            shop.partial();
            assertThat(shop.shop.state.chain().openRequest().map(ChainState.Request::reason))
                    .as("only a complete can leave out what is nowhere")
                    .hasValueSatisfying(reason -> assertThat(reason).contains("lacks contents"));
        }
    }

    private static void lose(MediaShop shop, BundleId bundle, String content) {
        shop.shop.state.receipt(new Receipt(
                bundle.name(),
                "ab".repeat(32),
                Receipt.State.MISSING,
                "store",
                bundle.sequence(),
                "contents are missing",
                "wait",
                List.of(id(content)),
                false,
                Instant.EPOCH,
                null,
                null,
                0,
                null,
                false,
                List.of()));
    }

    @Test
    void whatIsNotWantedStaysAtHomeAndWhatBecomesSoIsRemoved() throws IOException {
        MediaShop first = shop("media.include=*.jpeg, reports/**", "media.exclude=**/tmp/**, secret*");
        try (MediaShop shop = first) {
            for (String path : List.of(
                    "a.jpeg",
                    "deep/er/b.jpeg",
                    "c.png",
                    "reports/d.txt",
                    "x/tmp/e.jpeg",
                    "tmp/f.jpeg",
                    "secret.jpeg")) {
                shop.write(path, path);
            }
            shop.partial();
            assertThat(files(shop, shop.complete()))
                    .extracting("path")
                    .containsExactly("a.jpeg", "deep/er/b.jpeg", "reports/d.txt");
            shop.write("deep/g.jpeg", "g");
            shop.write("deep/g.png", "h");
            assertThat(lines(sent(shop, shop.partial()))).containsExactly("ADDED deep/g.jpeg");
        }
        String name = first.shop.database;
        try (MediaShop now = new MediaShop(shops.primary(), name, folder.resolve(name), "media.include=*.jpeg")) {
            assertThat(lines(sent(now, now.partial())))
                    .containsExactlyInAnyOrder(
                            "ADDED secret.jpeg", "ADDED tmp/f.jpeg", "ADDED x/tmp/e.jpeg", "REMOVED reports/d.txt");
        }
    }

    @Test
    void aFileThatCannotBeTakenAsItIsWaitsAndTheOthersTravel() throws Exception {
        try (MediaShop shop = standing()) {
            Files.createSymbolicLink(shop.media.resolve("link"), folder);
            run("mkfifo", shop.media.resolve("pipe").toString());
            run("sh", "-c", "printf x > \"$0/\"$(printf 'caf\\351')", shop.media.toString());
            run("truncate", "-s", "300M", shop.media.resolve("sparse").toString());
            List<Sent> sent = sent(shop, shop.partial());
            assertThat(lines(sent)).containsExactly("ADDED sparse");
            assertThat(shop.partial()).as("an idle tick's bundles").isEmpty();
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatIsHaltedAtAnyStepLosesAndRepeatsNothing(PartialStep step) throws Exception {
        if (step == PartialStep.SLOT_CREATED || step == PartialStep.CHAIN_BEGUN) {
            return;
        }
        String name;
        try (MediaShop shop = standing()) {
            name = shop.shop.database;
            shop.shop.sql("insert into t values (1)");
            shop.write("new", "new");
            shop.write("f1", "changed");
            Files.move(shop.media.resolve("f2"), shop.media.resolve("renamed"));
            assertThat(shop.shop.halt(step)).isEqualTo(CrashPoints.EXIT_CODE);
        }
        try (MediaShop shop = new MediaShop(shops.primary(), name, folder.resolve(name))) {
            shop.partial();
            assertSame(shop);
            Map<BundleId, Sent> sent = shop.sent();
            List<BlobId> carried = new ArrayList<>();
            List<String> said = new ArrayList<>();
            sent.values().forEach(each -> {
                carried.addAll(each.contents());
                each.deltas().stream().map(MediaDelta::path).forEach(said::add);
            });
            assertThat(said).containsExactlyInAnyOrder("new", "f1", "renamed", "f2");
            assertThat(carried).as("each content once").doesNotHaveDuplicates().contains(id("new"), id("changed"));
            assertThat(shop.partial()).as("an idle tick's bundles").isEmpty();
        }
    }

    /** Completes and partials at once, in any order of arrival: what was looked at last stands. */
    @ParameterizedTest
    @ValueSource(strings = {"log", "watermark"})
    void whicheverOrderBundlesArriveInTheFolderEndsAsItIs(String mode) throws IOException {
        Random random = new Random(Long.getLong("SEED", 7));
        try (MediaShop shop = standing("partial.mode=" + mode)) {
            for (int round = 0; round < 6; round++) {
                work(shop, random);
                shop.partial();
                work(shop, random);
                shop.complete(
                        () -> {
                            work(shop, random);
                            if (random.nextBoolean()) {
                                shop.partial();
                            }
                            work(shop, random);
                        },
                        () -> {
                            work(shop, random);
                            shop.partial();
                            work(shop, random);
                        });
            }
            shop.shop.sql("insert into t values (1000000)");
            shop.partial();
            Map<BundleId, Sent> sent = shop.sent();
            Map<String, BlobId> folder = shop.folder();
            for (int i = 0; i < 50; i++) {
                List<Sent> order = new ArrayList<>(sent.values());
                Collections.shuffle(order, random);
                assertThat(MediaShop.received(order)).as("order %d", i).isEqualTo(folder);
            }
            assertThat(sent.values().stream()
                            .filter(each -> each.manifest().kind() == BundleKind.PARTIAL)
                            .filter(each -> !each.deltas().isEmpty()))
                    .hasSizeGreaterThan(4);
        }
    }

    private static void work(MediaShop shop, Random random) {
        try {
            shop.shop.sql("insert into t values (" + random.nextInt(999_999) + ") on conflict do nothing");
            for (int i = 0; i < 4; i++) {
                String name = "f" + random.nextInt(12);
                String other = "f" + random.nextInt(12);
                switch (random.nextInt(4)) {
                    case 0 -> Files.deleteIfExists(shop.media.resolve(name));
                    case 1 -> {
                        if (Files.exists(shop.media.resolve(name))) {
                            Files.move(
                                    shop.media.resolve(name),
                                    shop.media.resolve(other),
                                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                        }
                    }
                    default -> shop.write(name, "content " + random.nextInt(30));
                }
            }
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static BlobId id(String content) {
        return MediaShop.idOf(content.getBytes(UTF_8));
    }
}

package io.tidemark.deploy.twonode;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.bundle.BundleId;
import io.tidemark.deploy.kit.Command;
import io.tidemark.deploy.kit.FolderCompare;
import io.tidemark.deploy.kit.NodeProcess;
import io.tidemark.deploy.kit.Pictures;
import io.tidemark.deploy.kit.PostgresCluster;
import io.tidemark.deploy.kit.SchemaCompare;
import io.tidemark.deploy.kit.Scratch;
import io.tidemark.deploy.kit.TableCompare;
import io.tidemark.deploy.kit.TextFiles;
import io.tidemark.deploy.kit.TwoNodes;
import io.tidemark.failure.FailureCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With tar, zstd and psql alone. */
final class RestoreIT {
    private static final String RESTORED = "restored";

    private final Pair pair = Ground.everything();
    private final Path here = pair.scratch().resolve("restore");

    @BeforeEach
    void anEmptyDatabase() {
        Scratch.delete(here);
        pair.scratch().subfolder("restore");
        pair.nodes().replica().psql("postgres", "drop database if exists " + RESTORED + " with (force)");
        pair.nodes()
                .replica()
                .psql(
                        "postgres",
                        "create database " + RESTORED + " template template0 owner "
                                + pair.receiver().settings().get("database.user"));
        Pictures.write(pair.nodes().mediaSource().resolve("reports"), 1, 30);
    }

    @Test
    void aFirstBundleRestoresFromItsVolumes() {
        pair.sender().run("complete");

        pair.inbox(".tar").forEach(this::untar);
        restore(here, here.resolve("blobs"));
    }

    @Test
    void anExportedBundleRestoresFromOneFile() {
        pair.travel();
        change();
        pair.travel();

        Path folder = pair.scratch().subfolder("exported");
        pair.receiver().run("export", "latest", "--to", folder.toString());
        Pair.files(folder, pair.receipt().bundle().name() + ".tar").forEach(this::untar);
        restore(here, here.resolve("blobs"));
    }

    @Test
    void theArchiveRestoresWhereItLies() {
        pair.travel();
        change();
        pair.travel();

        Path bundle = pair.nodes().archive().resolve(pair.receipt().bundle().name());
        restore(bundle, Path.of("../blobs"));
    }

    @Test
    void mediaComeBackFromTheListAndTheirContents() {
        pair.travel();
        Path bundle = pair.nodes().archive().resolve(pair.receipt().bundle().name());

        List<String> names = Command.of("sh", "-c", "zstd -dc media.jsonl.zst")
                .in(bundle)
                .run()
                .lines()
                .toList();

        assertThat(names).as("one line for each file, perhaps a heading").hasSizeBetween(30, 31);
        assertThat(FolderCompare.of(pair.nodes().mediaSource(), pair.nodes().mediaTarget())
                        .differences())
                .isEmpty();
    }

    /** Fault 66: the bundle in the middle, then the last one. */
    @Test
    void whatThePrimaryHeldAtAPartialComesBack() {
        pair.nodes().allowPartials();
        pair.primary("create table step (id serial primary key, word text)");
        pair.primary("create publication tidemark_" + pair.sender().settings().get("source") + " for table only step");
        pair.sender().run("partial");
        pair.travel();
        BundleId first = step("one");
        step("two");
        Path media = here.resolve("media");
        pair.receiver()
                .run(
                        "restore",
                        "" + first,
                        "--to",
                        pair.nodes().replica().jdbcUrl(RESTORED),
                        "--media",
                        media.toString());
        assertThat(restored("select string_agg(word, ' ' order by id) from step"))
                .isEqualTo("one");
        assertThat(media.resolve("one.jpeg")).exists();
        assertThat(media.resolve("two.jpeg")).doesNotExist();
        assertThat(restored("select count(*) from pg_namespace where nspname = 'tidemark'"))
                .isEqualTo("0");
        assertThat(restored("insert into step (word) values ('next') returning id"))
                .isEqualTo("2");

        NodeProcess.Result refused = pair.receiver()
                .tryRun("restore", "latest", "--to", pair.nodes().replica().jdbcUrl(RESTORED));
        Pair.assertFailed(refused, FailureCode.NOT_ADOPTED);

        anEmptyDatabase();
        pair.receiver()
                .run(
                        "restore",
                        "latest",
                        "--to",
                        pair.nodes().replica().jdbcUrl(RESTORED),
                        "--media",
                        media.toString());
        assertThat(restored("select string_agg(word, ' ' order by id) from step"))
                .isEqualTo("one two");
        assertThat(FolderCompare.of(pair.nodes().mediaSource(), media).differences())
                .isEmpty();

        anEmptyDatabase();
        Scratch.delete(pair.nodes().archive().resolve(first.name()));
        NodeProcess.Result gap = pair.receiver()
                .tryRun("restore", "latest", "--to", pair.nodes().replica().jdbcUrl(RESTORED));
        Pair.assertFailed(gap, FailureCode.FAILED);
        assertThat(gap.error()).contains("is not in the archive");
    }

    /** @return the partial that brought it */
    private BundleId step(String word) {
        pair.primary("insert into step (word) values ('" + word + "')");
        TextFiles.writeSecret(pair.nodes().mediaSource().resolve(word + ".jpeg"), word);
        pair.sender().run("partial");
        pair.load(pair.receiver());
        return pair.receipt().bundle();
    }

    private String restored(String query) {
        return pair.nodes().replica().psql(RESTORED, query);
    }

    private void untar(Path file) {
        Command.of("tar", "-xf", file.toString(), "-C", here.toString()).run();
    }

    private void restore(Path bundle, Path blobs) {
        PostgresCluster replica = pair.nodes().replica();
        replica.psql(RESTORED)
                .with("-f", "restore.sql")
                .in(bundle)
                .environment(Map.of("BLOBS", blobs.toString()))
                .run();
        assertThat(TableCompare.of(pair.nodes().primary(), TwoNodes.PRIMARY, replica, RESTORED)
                        .differences())
                .as("rows")
                .isEmpty();
        assertThat(SchemaCompare.differences(pair.nodes().primary(), TwoNodes.PRIMARY, replica, RESTORED))
                .as("schema")
                .isEmpty();
    }

    private void change() {
        pair.nodes().primary().psql(TwoNodes.PRIMARY).run(Ground.resource("/everything-changes.sql"));
    }
}

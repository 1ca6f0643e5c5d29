package io.tidemark.deploy.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresClusterIT {
    private final Scratch scratch = Scratch.create("test");
    private final PostgresCluster cluster =
            PostgresCluster.start(PostgresPrograms.newest(), scratch.resolve("cluster"), PostgresCluster.careless());

    @AfterEach
    void stop() {
        cluster.close();
        scratch.close();
    }

    @Test
    void answersInUtf8AndComesBackAfterAKillWithWhatWasCommitted() {
        cluster.psql("postgres", "create table words (word text); insert into words values ('ñandú')");

        cluster.kill9();
        assertThatThrownBy(() -> cluster.psql("postgres", "select 1")).isInstanceOf(KitException.class);
        cluster.start();

        assertThat(cluster.psql("postgres", "select word from words; show server_encoding"))
                .isEqualTo("ñandú\nUTF8");
    }

    @Test
    void failsOnTheFirstErrorInAScript() {
        assertThatThrownBy(() ->
                        cluster.psql("postgres", "create table a (b int); select nothing; create table c (d int)"))
                .hasMessageContaining("nothing");
        assertThat(cluster.psql("postgres", "select count(*) from pg_tables where tablename = 'c'"))
                .isEqualTo("0");
    }

    @Test
    void leavesNeitherProcessNorFile() {
        Path folder = scratch.folder();
        cluster.close();
        scratch.close();

        assertThat(folder).doesNotExist();
        assertThat(ProcessHandle.allProcesses().flatMap(each -> each.info().commandLine().stream()))
                .noneMatch(line -> line.contains(folder.toString()));
    }
}

package io.tidemark.deploy.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BusyFolderTest {
    private static final int LOOKS = 500;
    private static final int STEADY = 20;

    @TempDir
    Path folder;

    /** Whole folders come and go with their files, between listing and looking as well as before. */
    @Test
    void filesThatGoMeanwhileAreLeftOutAndNoOtherOnes() throws IOException {
        for (int i = 0; i < STEADY; i++) {
            write("steady/" + i);
        }
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> atWork = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                for (int i = 0; i < STEADY; i++) {
                    write("going " + i + "/file");
                }
                for (int i = 0; i < STEADY; i++) {
                    Scratch.delete(folder.resolve("going " + i));
                }
            }
        });
        try {
            for (int i = 0; i < LOOKS; i++) {
                assertThat(BusyFolder.files(folder).keySet())
                        .filteredOn(file -> file.startsWith(folder.resolve("steady")))
                        .hasSize(STEADY);
            }
        } finally {
            over.set(true);
            atWork.join();
        }
        assertThat(BusyFolder.files(folder)).hasSize(STEADY);
    }

    @Test
    void aFolderThatIsNotThereIsNamed() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> BusyFolder.files(none))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(none.toString());
    }

    private void write(String name) {
        TextFiles.write(folder.resolve(name), name);
    }
}

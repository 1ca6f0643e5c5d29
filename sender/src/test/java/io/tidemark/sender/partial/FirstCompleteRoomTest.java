package io.tidemark.sender.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.sender.complete.CompleteRoom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** How much room the first complete asks for, of a real database. */
class FirstCompleteRoomTest {
    private static final int MEGABYTE = 1 << 20;

    @RegisterExtension
    private final Shops shops = new Shops();

    @TempDir
    private Path folder;

    private static long needed(MediaShop shop) {
        return CompleteRoom.of(shop.shop.settings, shop.shop.state.bundles(), Instant.now())
                .orElseThrow()
                .needed();
    }

    @Test
    void theFirstCompleteIsToldFromTablesAndMediaAndNeverMoreThanMayStillWait() throws IOException {
        String name = shops.database();
        shops.primary()
                .sql(
                        name,
                        "create table t (id int primary key, noise text);"
                                + " create table other (noise text);"
                                + " insert into t select i, (select string_agg(md5(i::text || j), '') from generate_series(1, 60) j)"
                                + "   from generate_series(1, 4000) i;"
                                + " insert into other select repeat(i::text, 1000) from generate_series(1, 5000) i");
        try (MediaShop shop = new MediaShop(
                shops.primary(),
                name,
                folder,
                "tables.exclude=public.other",
                "media.include=*.jpeg",
                "outbox.max-size=4MB",
                "volume.size=1MB")) {
            long rows = needed(shop);
            assertThat(rows).as("a small part of 8 MB").isBetween(MEGABYTE / 2L, 2L * MEGABYTE);
            Files.write(shop.media.resolve("a.jpeg"), new byte[MEGABYTE]);
            Files.write(shop.media.resolve("not wanted.png"), new byte[MEGABYTE]);
            assertThat(needed(shop) - rows).as("media that travel").isEqualTo(MEGABYTE);
            Files.write(shop.media.resolve("b.jpeg"), new byte[9 * MEGABYTE]);
            assertThat(needed(shop)).as("volumes leave meanwhile").isEqualTo(4L * MEGABYTE);
            Path waits = Files.write(shop.shop.outbox.folder().resolve("waits"), new byte[3 * MEGABYTE]);
            assertThat(needed(shop)).as("what the cap leaves").isEqualTo(MEGABYTE);
            Files.delete(waits);
            Files.delete(shop.media.resolve("b.jpeg"));

            shop.complete();
            long made = shop.shop.state.lastComplete().orElseThrow().bytes();
            assertThat(made).as("rows that hardly compress take more").isGreaterThan(rows);
            shop.shop.outbox.waiting().forEach(shop.shop.outbox::remove);
            assertThat(needed(shop)).as("later ones are told from the last").isEqualTo(Math.min(made, 4L * MEGABYTE));
        }
    }
}

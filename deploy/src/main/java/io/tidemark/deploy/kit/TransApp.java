package io.tidemark.deploy.kit;

import java.util.Locale;

/** A database shaped as a passenger information system's: nine tables with foreign keys, many small rows, some text. */
public final class TransApp {

    private TransApp() {}

    /** @param scale 1 makes 1.7 million rows, about 300 MB */
    public static void create(PostgresCluster cluster, String database, double scale) {
        cluster.psql(database)
                .with("-v", String.format(Locale.ROOT, "s=%.4f", scale))
                .run(TextFiles.resource("/transapp.sql"));
    }

    /** 5 % new rows at the end of the tables, the newest 1 % updated. */
    public static void work(PostgresCluster cluster, String database, int day) {
        cluster.psql(database).with("-v", "day=" + day).run(TextFiles.resource("/transapp-day.sql"));
    }

    /** Inserts, updates and deletes about {@code rows} rows each; new reports name the pictures 900001 to 900012. */
    public static void change(PostgresCluster cluster, String database, int rows) {
        cluster.psql(database).with("-v", "rows=" + rows).run(TextFiles.resource("/transapp-changes.sql"));
    }
}

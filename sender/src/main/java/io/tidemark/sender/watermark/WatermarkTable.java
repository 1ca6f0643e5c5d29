package io.tidemark.sender.watermark;

import io.tidemark.change.ChangeHeader;
import io.tidemark.database.TableInfo;
import io.tidemark.table.TableName;
import io.tidemark.table.TableShape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows may travel.
 *
 * @param column that grows; absent in tables whose rows come along with rows that refer to them
 */
public record WatermarkTable(TableInfo info, @Nullable Column column) {
    /** A column, and how its values grow. */
    public record Column(String name, Kind kind) {
        String quoted() {
            return TableName.quote(name);
        }
    }

    /** What a column's values are. */
    public enum Kind {
        /** With a time zone. */
        INSTANT("timestamptz", "pg_catalog.clock_timestamp()"),
        /** Without one. */
        TIME("timestamp", "(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC')"),
        DATE("date", "(pg_catalog.clock_timestamp() AT TIME ZONE 'UTC')::date"),
        NUMBER("bigint", "");

        private final String type;
        private final String now;

        Kind(String type, String now) {
            this.type = type;
            this.now = now;
        }

        /** By the type's name as the catalogue prints it. */
        static Optional<Kind> of(String type) {
            if (type.startsWith("timestamp")) {
                return Optional.of(type.endsWith("with time zone") ? INSTANT : TIME);
            }
            return switch (type) {
                case "date" -> Optional.of(DATE);
                case "smallint", "integer", "bigint" -> Optional.of(NUMBER);
                default -> Optional.empty();
            };
        }

        boolean isTime() {
            return this != NUMBER;
        }

        String type() {
            return type;
        }

        /** Beyond it no mark may go: one value in the far future would hide all that come after it. */
        String now() {
            return now;
        }
    }

    public TableName name() {
        return info.shape().table();
    }

    public TableShape shape() {
        return info.shape();
    }

    long oid() {
        return info.relation().oid();
    }

    public ChangeHeader header() {
        return ChangeHeader.of(shape());
    }
}

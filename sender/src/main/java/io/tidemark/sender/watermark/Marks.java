package io.tidemark.sender.watermark;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.table.TableName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far rows lie in bundles, as the state keeps it.
 *
 * @param begun oldest transaction that ran when the chain began: what older ones wrote is in every complete that the chain stands on
 * @param oldest oldest transaction that ran at the last snapshot: what older ones wrote lies in bundles, as far as marks reach
 * @param at when that was
 * @param tables in no order
 */
public record Marks(long begun, long oldest, Instant at, List<Mark> tables) {
    public Marks {
        tables = List.copyOf(tables);
    }

    /**
     * How far one table was read.
     *
     * @param steps oldest first
     * @param sent row versions that lie in bundles although transactions as old as theirs still ran
     */
    public record Mark(TableName table, String column, List<Step> steps, List<String> sent) {
        public Mark {
            steps = List.copyOf(steps);
            sent = List.copyOf(sent);
        }
    }

    /**
     * The column's highest value at one snapshot.
     *
     * @param next transaction: those with lower numbers ran or had ended
     * @param max absent where no row had a value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            Instant at,
            long next,
            @JsonSetter(nulls = Nulls.SET) @Nullable String max) {}

    /** Empty where the table was not followed, or by another column. */
    public Optional<Mark> mark(WatermarkTable table) {
        WatermarkTable.Column column = table.column();
        return tables.stream()
                .filter(mark -> mark.table().equals(table.name()))
                .filter(mark -> column != null && mark.column().equals(column.name()))
                .findFirst();
    }

    public String text() {
        return new String(StrictJson.pretty(this), StandardCharsets.UTF_8);
    }

    /** Empty where another version wrote it. */
    public static Optional<Marks> parse(String text) {
        try {
            return Optional.of(StrictJson.read(text.getBytes(StandardCharsets.UTF_8), Marks.class));
        } catch (DamagedException otherVersion) {
            return Optional.empty();
        }
    }
}

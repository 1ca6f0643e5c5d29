package io.tidemark.sender.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tidemark.bundle.BundleId;
import io.tidemark.failure.DamagedException;
import io.tidemark.json.StrictJson;
import io.tidemark.position.Lsn;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the chain of partials stands, and whether it asks for a complete. A partial is pending from when the state hears of it until its volume
 * has its final name: only then does the chain move.
 */
public final class ChainState {
    private static final String CHAIN = "chain";
    private static final String PENDING = "chain.pending";
    private static final String REQUEST = "complete.request";
    private static final String TABLES = "chain.tables";
    private static final String LOOKED = "chain.looked";
    /** Begins the reason for a complete that nothing but a mounted folder asks for. */
    public static final String MEDIA_BACK = "the media folder is back: ";

    private final StateDatabase database;
    private final Notes notes;
    private final BundleTable bundles;
    private final ChainMarks marks;
    private final BlobTable blobs;
    private final MediaChain media;

    ChainState(StateDatabase database, Notes notes, BundleTable bundles, BlobTable blobs, MediaChain media) {
        this.database = database;
        this.notes = notes;
        this.bundles = bundles;
        this.marks = new ChainMarks(notes);
        this.blobs = blobs;
        this.media = media;
    }

    /** A partial under way, and how the chain stands once it is whole. */
    public record Pending(String bundle, Chain next) {}

    /**
     * A complete that is asked for.
     *
     * @param after answered by any complete with a higher sequence
     */
    public record Request(long after, String reason) {
        /** Whether it comes of tables that came or changed, or of a folder that is back, and nothing has gone wrong. */
        @JsonIgnore
        public boolean isRoutine() {
            return reason.startsWith(MEDIA_BACK) || ChainTables.isRoutine(reason);
        }
    }

    public Optional<Chain> chain() {
        return database.read(() -> read(CHAIN, Chain.class));
    }

    /** Begins a chain, which needs a complete to stand on; that one brings the tables as they are, too. */
    public void begin(Chain chain, String reason, ChainTables tables) {
        begin(chain, reason, Optional.of(tables), Optional.empty());
    }

    /** @param read of a chain by watermark */
    public void begin(Chain chain, String reason, Optional<String> read) {
        begin(chain, reason, Optional.empty(), read);
    }

    private void begin(Chain chain, String reason, Optional<ChainTables> tables, Optional<String> read) {
        database.write(() -> {
            write(CHAIN, chain);
            notes.remove(PENDING);
            notes.remove(TABLES);
            if (tables.isPresent()) {
                write(TABLES, tables.get());
            }
            marks.forget();
            marks.put(read);
            request(reason);
            return true;
        });
    }

    /** Ends the chain: its slot is gone, or is going to be. */
    public void end(String reason) {
        database.write(() -> {
            notes.remove(CHAIN);
            notes.remove(PENDING);
            request(reason);
            return true;
        });
    }

    /** There is no chain any more, and nobody misses it. */
    public void forget() {
        database.write(() -> {
            notes.remove(CHAIN);
            notes.remove(PENDING);
            notes.remove(TABLES);
            marks.forget();
            notes.remove(REQUEST);
            return true;
        });
    }

    /**
     * The chain has moved without a partial.
     *
     * @param looked when it was seen that nothing had changed
     */
    public void move(Chain chain, Instant looked) {
        move(chain, looked, Optional.empty());
    }

    /** @param read of a chain by watermark, where they have moved */
    public void move(Chain chain, Instant looked, Optional<String> read) {
        database.write(() -> {
            write(CHAIN, chain);
            notes.put(LOOKED, looked.toString());
            marks.put(read);
            return true;
        });
    }

    /** How far a chain by watermark has read its tables. */
    public Optional<String> marks() {
        return database.read(marks::get);
    }

    /** To be called when the partial's volume is durable under its unfinished name. */
    public void seal(BundleId bundle, Sealed sealed, Chain next) {
        seal(bundle, sealed, next, Optional.empty());
    }

    /** @param read that hold once the partial is whole */
    public void seal(BundleId bundle, Sealed sealed, Chain next, Optional<String> read) {
        database.write(() -> {
            marks.await(read);
            bundles.seal(bundle, sealed);
            blobs.endClaims(bundle.sequence());
            database.update(
                    "INSERT OR REPLACE INTO reached (sequence, lsn) VALUES (?, ?)",
                    bundle.sequence(),
                    next.to().value());
            write(PENDING, new Pending(bundle.name(), next));
            return true;
        });
    }

    public Optional<Pending> pending() {
        return database.read(() -> read(PENDING, Pending.class));
    }

    /** To be called when the pending partial's volume has its final name, or where it turns out to have it. */
    public void settle() {
        database.write(() -> {
            Optional<Pending> pending = read(PENDING, Pending.class);
            if (pending.isPresent()) {
                write(CHAIN, pending.get().next());
                notes.remove(PENDING);
                marks.settle();
                media.settle(BundleId.parse(pending.get().bundle())
                        .map(BundleId::sequence)
                        .orElse(Long.MAX_VALUE));
            }
            return true;
        });
    }

    /** The pending partial never came to be. */
    public void forgetPending() {
        database.write(() -> {
            notes.remove(PENDING);
            marks.forgetPending();
            media.forget();
            return true;
        });
    }

    public void requestComplete(String reason) {
        database.write(() -> {
            request(reason);
            return true;
        });
    }

    private void request(String reason) throws SQLException {
        write(REQUEST, new Request(notes.number(Notes.SEQUENCE), reason));
    }

    /** The complete that is asked for and has not been made since. */
    public Optional<Request> openRequest() {
        return database.read(() -> {
            Optional<Request> request = read(REQUEST, Request.class);
            if (request.isEmpty()) {
                return request;
            }
            boolean answered = notes.number(Notes.COMPLETE) > request.get().after();
            return answered ? Optional.<Request>empty() : request;
        });
    }

    /** When nothing had changed since the last partial, as far as somebody looked. */
    public Optional<Instant> looked() {
        return database.read(() -> notes.get(LOOKED).map(Instant::parse));
    }

    /** Where each partial that is remembered ends, by sequence. */
    public SortedMap<Long, Lsn> reached() {
        return database.read(() -> {
            SortedMap<Long, Lsn> reached = new TreeMap<>();
            try (ResultSet row =
                    database.statement("SELECT sequence, lsn FROM reached").executeQuery()) {
                while (row.next()) {
                    reached.put(row.getLong(1), new Lsn(row.getLong(2)));
                }
            }
            return reached;
        });
    }

    /** The tables as they were when they were last told of here. */
    public Optional<ChainTables> tables() {
        return database.read(() -> read(TABLES, ChainTables.class));
    }

    /**
     * Asks for a complete where tables came or were defined anew since the last time: what rows they had then is in no partial.
     *
     * @return why, where it asks
     */
    public Optional<String> published(ChainTables now) {
        return database.write(() -> {
            Optional<ChainTables> before = read(TABLES, ChainTables.class);
            if (before.isPresent() && before.get().equals(now)) {
                return Optional.empty();
            }
            write(TABLES, now);
            Optional<String> reason = before.flatMap(tables -> tables.reason(now));
            if (reason.isPresent()) {
                request(reason.get());
            }
            return reason;
        });
    }

    private <T> Optional<T> read(String key, Class<T> type) throws SQLException {
        Optional<String> json = notes.get(key);
        try {
            return json.isEmpty()
                    ? Optional.empty()
                    : Optional.of(StrictJson.read(json.get().getBytes(StandardCharsets.UTF_8), type));
        } catch (DamagedException otherVersion) {
            return Optional.empty();
        }
    }

    private void write(String key, Object value) throws SQLException {
        notes.put(key, new String(StrictJson.pretty(value), StandardCharsets.UTF_8));
    }
}

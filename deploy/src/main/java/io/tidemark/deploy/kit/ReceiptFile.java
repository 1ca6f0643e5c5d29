package io.tidemark.deploy.kit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.bundle.BundleId;
import io.tidemark.bundle.BundleKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the receiver says of one bundle, read as anybody would read the JSON. */
public record ReceiptFile(BundleId bundle, JsonNode json) {
    private static final String SUFFIX = ".json";

    /** The one of the highest sequence in the receipts folder. */
    public static Optional<ReceiptFile> latest(Path folder) {
        return latest(folder, id -> true);
    }

    /** Of the last complete. */
    public static Optional<ReceiptFile> latestComplete(Path folder) {
        return latest(folder, id -> id.kind() == BundleKind.COMPLETE);
    }

    private static Optional<ReceiptFile> latest(Path folder, Predicate<BundleId> which) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(ReceiptFile::id)
                    .flatMap(Optional::stream)
                    .filter(which)
                    .max(Comparator.naturalOrder())
                    .map(id -> read(folder, id));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be listed", e);
        }
    }

    private static Optional<BundleId> id(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX)
                ? BundleId.parse(name.substring(0, name.length() - SUFFIX.length()))
                : Optional.empty();
    }

    private static ReceiptFile read(Path folder, BundleId id) {
        try {
            return new ReceiptFile(id, new ObjectMapper().readTree(TextFiles.read(folder.resolve(id.name() + SUFFIX))));
        } catch (JsonProcessingException e) {
            throw new KitException("receipt of " + id + " is no JSON", e);
        }
    }

    public String state() {
        return json.path("state").asText();
    }

    /** Loaded, and every table proven equal. */
    public boolean loadedAndEqual() {
        return "LOADED".equalsIgnoreCase(state()) && json.path("equal").asBoolean();
    }

    /** @param field {@code rows}, {@code inserted}, {@code updated} or {@code deleted}, of all tables together */
    public long sum(String field) {
        long sum = 0;
        for (JsonNode table : json.path("tables")) {
            sum += table.path(field).asLong();
        }
        return sum;
    }

    public int tables() {
        return json.path("tables").size();
    }
}

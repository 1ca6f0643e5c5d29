package io.tidemark.sender.log;

import java.util.List;
import java.util.Optional;

/**
 * A published table, by what tells changes of its rows that the log does not hold from those that it does.
 *
 * @param file number of the file that holds its rows: a rewrite of all rows gives it another one
 * @param attributes its columns but the generated ones
 */
public record TableDetails(long oid, long file, List<Attribute> attributes) {
    public TableDetails {
        attributes = List.copyOf(attributes);
    }

    /**
     * A column.
     *
     * @param number never given to another column of the table
     * @param version changes with its definition
     */
    public record Attribute(int number, String name, String type, String version) {}

    public Optional<Attribute> attribute(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst();
    }
}

package io.tidemark.receiver.load;

import io.tidemark.ddl.DdlEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of a complete's schema and its place.
 *
 * @param place in the section, from 0
 * @param repeat 0, or the how-manieth of several entries with the same tag
 */
record Definition(Section section, int place, DdlEntry entry, int repeat) {
    /** The sections of pg_dump that hold definitions. */
    enum Section {
        PRE_DATA,
        POST_DATA
    }

    /** What stays the same when a definition changes. */
    record Key(String type, String schema, String name, int repeat) {}

    Key key() {
        return new Key(entry.type(), entry.schema(), entry.name(), repeat);
    }

    static List<Definition> of(Section section, List<DdlEntry> entries) {
        Map<Key, Integer> seen = new HashMap<>();
        List<Definition> definitions = new ArrayList<>();
        for (DdlEntry entry : entries) {
            int repeat = seen.merge(new Key(entry.type(), entry.schema(), entry.name(), 0), 1, Integer::sum) - 1;
            definitions.add(new Definition(section, definitions.size(), entry, repeat));
        }
        return definitions;
    }
}

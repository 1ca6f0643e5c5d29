package io.tidemark.receiver.load;

import io.tidemark.receiver.load.Definition.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be done to the replica's definitions: a pure comparison of those carried out with those of a complete.
 *
 * @param gone carried out once and not wanted any more, in the order in which they can be dropped
 * @param changed wanted otherwise than carried out: carried out → wanted, in the order of the dump
 * @param added wanted and not there, in the order of the dump
 */
record DefinitionPlan(List<Definition> gone, Map<Definition, Definition> changed, List<Definition> added) {
    static DefinitionPlan of(Map<Definition.Key, Definition> carriedOut, List<Definition> wanted) {
        Map<Definition.Key, Definition> left = new LinkedHashMap<>(carriedOut);
        Map<Definition, Definition> changed = new LinkedHashMap<>();
        List<Definition> added = new ArrayList<>();
        for (Definition definition : wanted) {
            Definition old = left.remove(definition.key());
            if (old == null) {
                added.add(definition);
            } else if (!old.entry().sql().equals(definition.entry().sql())) {
                changed.put(old, definition);
            }
        }
        List<Definition> gone = new ArrayList<>(left.values());
        java.util.Collections.reverse(gone);
        return new DefinitionPlan(gone, changed, added);
    }

    List<Definition> added(Section section) {
        return added.stream()
                .filter(definition -> definition.section() == section)
                .toList();
    }

    boolean empty() {
        return gone.isEmpty() && changed.isEmpty() && added.isEmpty();
    }
}

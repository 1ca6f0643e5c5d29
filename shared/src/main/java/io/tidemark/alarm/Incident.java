package io.tidemark.alarm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.tidemark.text.PlainText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is wrong, from when it was met first until it is over.
 *
 * @param log the route whose log tells more
 * @param routes that meet it, and whose success ends it; empty where it is cleared by name
 * @param since by the clock on the wall
 * @param times that it was met
 * @param told whether people were told of it
 * @param over since when it is not met any more; absent while it is. It is forgotten once that has lasted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Incident(
        AlarmId id,
        String log,
        List<String> routes,
        String message,
        String hint,
        Instant since,
        long times,
        boolean told,
        @JsonSetter(nulls = Nulls.SET) @Nullable Instant over) {
    Incident {
        routes = List.copyOf(routes);
        message = PlainText.of(message);
        hint = PlainText.of(hint);
    }

    static Incident first(AlarmId id, String log, List<String> routes, String message, String hint, Instant since) {
        return new Incident(id, log, routes, message, hint, since, 1, false, null);
    }

    Incident again(List<String> more, String text, String remedy) {
        List<String> all = new ArrayList<>(routes);
        more.stream().filter(route -> !all.contains(route)).forEach(all::add);
        return new Incident(id, log, all, text, remedy, since, times + 1, told, null);
    }

    Incident without(String route) {
        List<String> rest = routes.stream().filter(each -> !each.equals(route)).toList();
        return new Incident(id, log, rest, message, hint, since, times, told, over);
    }

    Incident asTold() {
        return new Incident(id, log, routes, message, hint, since, times, true, over);
    }

    Incident over(Instant time) {
        return new Incident(id, log, routes, message, hint, since, times, told, time);
    }

    boolean isOver() {
        return over != null;
    }
}

package io.tidemark.sender.route;

import io.tidemark.alarm.Silence;
import io.tidemark.sender.complete.CompleteRoom;
import io.tidemark.sender.route.link.RemoteFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.RoutesBuilder;

/** All that a service looks at beside its work: what does not come, room, media, the log that is kept back, the link; and its beat. */
final class Lookout {
    private final NodeParts parts;
    private final Timetable times;
    private final Watch watch;
    private final Heart heart;

    Lookout(NodeParts parts, Timetable times) {
        this.parts = parts;
        this.times = times;
        Silence silence = new Silence(parts.alarms(), parts.workFolder(), parts.clock());
        this.watch = new Watch(parts.state(), parts.alarms(), silence, times.expectations(), System::nanoTime);
        this.heart = new Heart(parts.source(), parts.state(), parts.clock(), times.expectations());
    }

    List<RoutesBuilder> routes(RemoteFolder inbox, Supplier<Optional<CompleteRoom>> room, Incidents incidents) {
        List<RoutesBuilder> routes = new ArrayList<>();
        routes.add(SenderRoutes.watch(watch, new MediaWatch(parts.state(), parts.alarms())));
        if (times.partial().isPresent()) {
            Rhythm often = new Rhythm(Retention.OFTEN, times.zone(), parts.clock());
            routes.add(SenderRoutes.retention(
                    times.pulse(), new Retention(times.retained(), times.maxRetained(), often, parts.alarms())));
        }
        routes.add(SenderRoutes.room(new RoomWatch(room, parts.alarms())));
        routes.add(SenderRoutes.beat(times.pulse(), heart, inbox, incidents));
        times.linkCheck()
                .map(schedule -> new Rhythm(schedule, times.zone(), parts.clock()))
                .map(rhythm -> new LinkTrial(parts.remote(), rhythm, parts.state(), parts.clock(), parts.alarms()))
                .ifPresent(trial -> routes.add(SenderRoutes.linkCheck(times.pulse(), trial, incidents)));
        return routes;
    }

    /** A tick of the service has looked for changes. */
    void looked() {
        watch.looked();
        heart.looked();
    }

    /** To be called when the service ends. */
    void end() {
        watch.end();
    }
}

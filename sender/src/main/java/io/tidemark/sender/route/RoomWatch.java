package io.tidemark.sender.route;

import io.tidemark.alarm.AlarmId;
import io.tidemark.alarm.Alarms;
import io.tidemark.alarm.Condition;
import io.tidemark.room.Disk;
import io.tidemark.sender.complete.CompleteRoom;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells before the next complete is refused that there is no room for it, and when hardly any room is left at all. */
public final class RoomWatch {
    private static final AlarmId LOW =
            AlarmId.of(RouteIds.COMPLETE, Condition.DISK_FILLING).about("work.folder");

    private final Supplier<Optional<CompleteRoom>> room;
    private final Alarms alarms;

    RoomWatch(Supplier<Optional<CompleteRoom>> room, Alarms alarms) {
        this.room = room;
        this.alarms = alarms;
    }

    /** Called now and then. */
    public void look() {
        room.get()
                .ifPresent(now -> alarms.set(
                        !now.isEnough() || isNearlyFull(now),
                        LOW,
                        () -> "work.folder: " + now.text(),
                        CompleteRoom.hint()));
    }

    private static boolean isNearlyFull(CompleteRoom room) {
        return Disk.of(Path.of(room.forecast().folder()))
                .filter(Disk::isNearlyFull)
                .isPresent();
    }
}

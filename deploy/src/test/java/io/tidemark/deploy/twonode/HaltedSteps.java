package io.tidemark.deploy.twonode;

import io.tidemark.receiver.inbox.ImportStep;
import io.tidemark.receiver.load.LoadStep;
import io.tidemark.receiver.load.partial.ApplyStep;
import io.tidemark.receiver.media.MediaStep;
import io.tidemark.receiver.retention.ExpireStep;
import io.tidemark.sender.capture.CaptureStep;
import io.tidemark.sender.outbox.OutboxStep;
import io.tidemark.sender.partial.PartialStep;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The steps at which a node is halted by some test of both nodes; a unit test compares them with the code. */
final class HaltedSteps {
    /** {@link CrashIT} halts a sender at every one of them. */
    static final List<Class<? extends Enum<?>>> OF_SENDER = List.of(CaptureStep.class, OutboxStep.class);
    /** {@link CrashIT} halts a receiver at every one of them. */
    static final List<Class<? extends Enum<?>>> OF_RECEIVER =
            List.of(ImportStep.class, MediaStep.class, LoadStep.class);
    /** Enums that have a test of their own, as completes pass none of their steps. */
    static final List<Class<? extends Enum<?>>> ELSEWHERE =
            List.of(PartialStep.class, ApplyStep.class, ExpireStep.class);
    /** Steps among those of the first two lists that completes do not pass; a test of their own halts at them. */
    static final Set<Enum<?>> NOT_OF_COMPLETES = Set.of();

    private HaltedSteps() {}

    static List<Class<? extends Enum<?>>> all() {
        return Stream.of(OF_SENDER, OF_RECEIVER, ELSEWHERE)
                .<Class<? extends Enum<?>>>flatMap(List::stream)
                .toList();
    }

    /** In the order in which a complete passes them. */
    static List<Enum<?>> ofCompletes(Class<? extends Enum<?>> steps) {
        return Arrays.<Enum<?>>stream(steps.getEnumConstants())
                .filter(step -> !NOT_OF_COMPLETES.contains(step))
                .toList();
    }
}

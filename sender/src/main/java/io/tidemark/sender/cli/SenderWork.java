package io.tidemark.sender.cli;

import io.tidemark.alarm.Alarms;
import io.tidemark.crash.CrashPoints;
import io.tidemark.failure.FailureCode;
import io.tidemark.failure.TidemarkException;
import io.tidemark.file.DurableFiles;
import io.tidemark.progress.Progress;
import io.tidemark.sender.complete.CompleteMaker;
import io.tidemark.sender.complete.CompleteRoom;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.partial.ChosenPartials;
import io.tidemark.sender.route.CompleteStep;
import io.tidemark.sender.route.NodeParts;
import io.tidemark.sender.route.SenderNode;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/** Everything that the sender's steps work with, opened together and closed together. */
final class SenderWork implements AutoCloseable {
    private final SenderState state;
    private final SenderNode node;
    private final CompleteStep step;
    private final ChosenPartials partials;

    private SenderWork(SenderState state, SenderNode node, CompleteStep step, ChosenPartials partials) {
        this.state = state;
        this.node = node;
        this.step = step;
        this.partials = partials;
    }

    static SenderWork open(SenderSettings settings, Progress progress, Map<String, String> environment, Alarms alarms) {
        CrashPoints crashPoints = CrashPoints.of(environment.getOrDefault(CrashPoints.VARIABLE, ""));
        Clock clock = Clock.systemUTC();
        createWorkFolder(settings);
        Outbox outbox = new Outbox(settings.outboxFolder(), settings.outbox().maxSize());
        SenderState state = SenderState.open(settings.workFolder());
        NodeParts parts = new NodeParts(
                settings.source(),
                settings.workFolder(),
                Remote.of(settings.remote()),
                outbox,
                state,
                clock,
                progress,
                crashPoints,
                alarms);
        CompleteMaker maker = new CompleteMaker(settings, outbox, state, clock, progress, crashPoints);
        ChosenPartials partials = new ChosenPartials(settings, outbox, state, clock, crashPoints);
        SenderNode node = new SenderNode(parts);
        node.watchRoom(() -> CompleteRoom.of(settings, state.bundles(), clock.instant()));
        return new SenderWork(state, node, maker::make, partials);
    }

    private static void createWorkFolder(SenderSettings settings) {
        try {
            DurableFiles.createFolders(settings.workFolder());
        } catch (IOException e) {
            throw new TidemarkException(
                    FailureCode.USAGE,
                    "work.folder: cannot create " + settings.workFolder() + ": " + e.getMessage(),
                    "create it, owned by the user that runs the sender",
                    e);
        }
    }

    SenderNode node() {
        return node;
    }

    CompleteStep step() {
        return step;
    }

    ChosenPartials partials() {
        return partials;
    }

    SenderState state() {
        return state;
    }

    @Override
    public void close() {
        node.close();
        partials.close();
        state.close();
    }
}

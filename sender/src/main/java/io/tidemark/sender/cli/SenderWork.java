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
import io.tidemark.sender.partial.PrimaryStatus;
import io.tidemark.sender.route.CompleteStep;
import io.tidemark.sender.route.Expectations;
import io.tidemark.sender.route.NodeParts;
import io.tidemark.sender.route.SenderNode;
import io.tidemark.sender.route.Timetable;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.settings.SenderSettings;
import io.tidemark.sender.state.SenderState;
import io.tidemark.transfer.Pulse;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Everything that the sender's steps work with, opened together and closed together. */
public final class SenderWork implements AutoCloseable {
    private final SenderSettings settings;
    private final Clock clock;
    private final SenderState state;
    private final SenderNode node;
    private final CompleteStep step;
    private final ChosenPartials partials;

    private SenderWork(
            SenderSettings settings,
            Clock clock,
            SenderState state,
            SenderNode node,
            CompleteStep step,
            ChosenPartials partials) {
        this.settings = settings;
        this.clock = clock;
        this.state = state;
        this.node = node;
        this.step = step;
        this.partials = partials;
    }

    static SenderWork open(SenderSettings settings, Progress progress, Map<String, String> environment, Alarms alarms) {
        CrashPoints crashPoints = CrashPoints.of(environment.getOrDefault(CrashPoints.VARIABLE, ""));
        return open(settings, Clock.systemUTC(), progress, crashPoints, alarms);
    }

    /** @param clock tells every step and every schedule what time it is */
    public static SenderWork open(
            SenderSettings settings, Clock clock, Progress progress, CrashPoints crashPoints, Alarms alarms) {
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
        return new SenderWork(settings, clock, state, node, maker::make, partials);
    }

    /**
     * The service, until its node is stopped.
     *
     * @param pulse how often it is looked what is due
     */
    public void serve(Pulse pulse) {
        node.run(
                new Timetable(
                        settings.complete().schedule(),
                        settings.zone(),
                        Optional.of(settings.partial().schedule()),
                        settings.watch().linkCheck(),
                        Expectations.of(settings, clock.instant()),
                        () -> PrimaryStatus.ask(settings).retained(),
                        settings.partial().maxRetained(),
                        pulse),
                step,
                PartialMode.areMade(settings.partial().mode()) ? Optional.of(partials) : Optional.empty());
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

    public SenderNode node() {
        return node;
    }

    public CompleteStep step() {
        return step;
    }

    public ChosenPartials partials() {
        return partials;
    }

    public SenderState state() {
        return state;
    }

    @Override
    public void close() {
        node.close();
        partials.close();
        state.close();
    }
}

package io.tidemark.sender.route;

import io.tidemark.alarm.Alarms;
import io.tidemark.crash.CrashPoints;
import io.tidemark.progress.Progress;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.route.link.Remote;
import io.tidemark.sender.state.SenderState;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What a sender works with. Outbox and state are closed by who opened them.
 *
 * @param workFolder exists; lock files are made in it
 * @param alarms where a service tells what a person should know; a command tells nobody
 */
public record NodeParts(
        String source,
        Path workFolder,
        Remote remote,
        Outbox outbox,
        SenderState state,
        Clock clock,
        Progress progress,
        CrashPoints crashPoints,
        Alarms alarms) {}

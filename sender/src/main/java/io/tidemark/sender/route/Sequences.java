package io.tidemark.sender.route;

import io.tidemark.bundle.VolumeName;
import io.tidemark.sender.outbox.Outbox;
import io.tidemark.sender.route.link.RemoteFolder;
import io.tidemark.sender.state.SenderState;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;

/** Learns which sequences are used from what lies in outbox and inbox, for a state that was lost. */
public final class Sequences {
    private final RemoteFolder inbox;
    private final Outbox outbox;
    private final String source;
    private final SenderState state;

    Sequences(RemoteFolder inbox, Outbox outbox, String source, SenderState state) {
        this.inbox = inbox;
        this.outbox = outbox;
        this.source = source;
        this.state = state;
    }

    public void learn() throws IOException {
        raise(outbox.waiting().stream());
        raise(inbox.list().stream()
                .map(RemoteFolder.Entry::name)
                .map(VolumeName::parse)
                .flatMap(Optional::stream));
    }

    private void raise(Stream<VolumeName> volumes) {
        volumes.map(VolumeName::bundle)
                .filter(bundle -> bundle.source().equals(source))
                .mapToLong(bundle -> bundle.sequence())
                .max()
                .ifPresent(state::raiseSequence);
    }
}

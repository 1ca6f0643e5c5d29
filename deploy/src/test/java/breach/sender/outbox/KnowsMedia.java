package breach.sender.outbox;

import breach.sender.media.KnowsTheOutbox;

public record KnowsMedia(KnowsTheOutbox media) {}

package breach.sender.media;

import breach.sender.outbox.KnowsMedia;

public record KnowsTheOutbox(KnowsMedia outbox) {}

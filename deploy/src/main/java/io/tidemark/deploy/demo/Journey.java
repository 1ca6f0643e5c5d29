package io.tidemark.deploy.demo;

import java.time.Duration;

/** Figures of one complete and its load. */
record Journey(
        long rows,
        int files,
        long inserted,
        long updated,
        long deleted,
        long wireBytes,
        Duration sent,
        Duration loaded,
        long senderPeak,
        long receiverPeak) {}

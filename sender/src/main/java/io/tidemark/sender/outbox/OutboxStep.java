package io.tidemark.sender.outbox;

/** Where a test may halt the way of a volume from its first byte to the remote folder. */
public enum OutboxStep {
    /** All contents are in the file; nothing is durable. */
    VOLUME_FILLED,
    /** Durable under its unfinished name. */
    VOLUME_SYNCED,
    /** The state knows what is in it. */
    VOLUME_NOTED,
    /** Durable under its final name. */
    VOLUME_COMMITTED,
    /** All bytes are remote, under the unfinished name. */
    VOLUME_SENT,
    /** Remote under its final name. */
    VOLUME_PUBLISHED,
    /** The state knows that it is remote. */
    PUSH_NOTED,
    /** Gone from the outbox. */
    PUSH_FINISHED
}

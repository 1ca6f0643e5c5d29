package io.tidemark.sender.route;

/** The routes by name, as logs have them. */
public final class RouteIds {
    /** One volume from the outbox into the remote folder. */
    public static final String PUSH = "push";
    /** What the receiver says, back into the state. */
    public static final String RECEIPTS = "receipts";
    /** When the service reads receipts. */
    public static final String RECEIPTS_TIMER = "receipts-timer";
    /** Which sequences are used, into a state that was lost. */
    public static final String SEQUENCE = "sequence";
    /** A complete when its time has come. */
    public static final String COMPLETE = "complete";

    /** A partial when its time has come. */
    public static final String PARTIAL = "partial";

    /** Tries the link and tells what came of it. */
    public static final String LINK_CHECK = "link-check";

    /** Tells the receiver that the sender lives. */
    public static final String BEAT = "beat";

    /** Looks whether the disk has room for the next complete. */
    public static final String ROOM = "room";

    /** Looks for what does not come. */
    public static final String WATCH = "watch";

    /** Looks how much of its log the primary keeps back. */
    public static final String RETENTION = "retention";

    private RouteIds() {}
}

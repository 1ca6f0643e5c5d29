package io.tidemark.receiver;

import io.tidemark.receiver.cli.ReceiverCommand;

/** Starts the receiver. */
public final class ReceiverApp {

    private ReceiverApp() {}

    public static void main(String[] args) {
        System.exit(ReceiverCommand.run(System.getenv(), args));
    }
}

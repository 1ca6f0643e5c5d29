package io.tidemark.sender;

import io.tidemark.sender.cli.SenderCommand;

/** Starts the sender. */
public final class SenderApp {

    private SenderApp() {}

    public static void main(String[] args) {
        System.exit(SenderCommand.run(System.getenv(), args));
    }
}

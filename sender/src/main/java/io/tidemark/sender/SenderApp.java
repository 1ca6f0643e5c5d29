package io.tidemark.sender;

import io.tidemark.Version;

/** Starts the sender. */
public final class SenderApp {

    private SenderApp() {}

    public static void main(String[] args) {
        System.out.println("tidemark-sender " + Version.current());
    }
}

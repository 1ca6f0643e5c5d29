package io.tidemark.receiver;

import io.tidemark.Version;

/** Starts the receiver. */
public final class ReceiverApp {

    private ReceiverApp() {}

    public static void main(String[] args) {
        System.out.println("tidemark-receiver " + Version.current());
    }
}

package io.tidemark.sender.route.link;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is done with a remote folder beside sending volumes into it. File names have no slashes. Besides {@link IOException}, a method
 * may throw what the transport's library throws; {@link LinkFailures} knows what it means. Safe for several threads, one call at a time.
 */
public interface RemoteFolder {
    /** A plain file in the folder. */
    record Entry(String name, long size, Instant modified) {}

    /** In no order; folders and links are left out. */
    List<Entry> list() throws IOException;

    /** Empty where there is no such file. */
    OptionalLong size(String name) throws IOException;

    void write(String name, byte[] content) throws IOException;

    void read(String name, OutputStream target) throws IOException;

    /** Makes a written file durable and gives it its name, over an older file of that name. */
    void publish(String part, String name) throws IOException;

    void remove(String name) throws IOException;
}

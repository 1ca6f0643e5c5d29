package io.tidemark.deploy.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/**
 * A file system of a few megabytes over a folder, which only processes in a namespace of its own see. It lasts over several runs of a node, and
 * grows when it is told to.
 */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;
    private final Scratch scratch;
    private final Process holder;

    private SmallDisk(Path folder, Scratch scratch, Process holder) {
        this.folder = folder;
        this.scratch = scratch;
        this.holder = holder;
    }

    /** Whether this user may mount in a namespace. */
    public static boolean isAllowed() {
        return Command.of("unshare", "-m", "true").tryRun().exitCode() == 0;
    }

    /** @param size as mount takes it, such as {@code 3m} */
    public static SmallDisk over(Path folder, String size, Scratch scratch) {
        String script =
                "mount -t tmpfs -o size=" + size + " none '" + folder + "' && echo mounted && exec sleep infinity";
        ProcessBuilder builder = Command.of("unshare", "-m", "sh", "-c", script).builder();
        try {
            Process holder = builder.redirectErrorStream(true).start();
            SmallDisk disk = new SmallDisk(folder, scratch, holder);
            Hook.atExit(Hook.PROCESSES, disk::end);
            if (!"mounted".equals(holder.inputReader().readLine())) {
                throw new KitException(folder + ": no small disk can be mounted");
            }
            return disk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void resize(String size) {
        inside("mount", "-o", "remount,size=" + size, folder.toString()).run();
    }

    /** A program that sees the disk. */
    public Command inside(String... words) {
        return Command.of("nsenter", "-m", "-t", Long.toString(holder.pid())).with(words);
    }

    /** The disk's content, for who does not see it. */
    public Path seen() {
        return Path.of("/proc/" + holder.pid() + "/root" + folder);
    }

    /** The node with the disk in its place. */
    public Node see(Node node) {
        Path wrapper = scratch.resolve(Path.of(node.program()).getFileName() + "-small-" + holder.pid());
        TextFiles.write(wrapper, "#!/bin/sh\nexec nsenter -m -t " + holder.pid() + " " + node.program() + " \"$@\"\n");
        try {
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Node(wrapper.toString(), node.folder(), node.settings(), node.environment());
    }

    private void end() {
        holder.destroyForcibly();
    }

    @Override
    public void close() {
        end();
        try {
            holder.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

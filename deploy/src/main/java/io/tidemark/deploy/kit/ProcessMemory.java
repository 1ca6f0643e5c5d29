package io.tidemark.deploy.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The most memory that a process and those it started held at one time, as Linux counts resident pages. Looked at several times a
 * second; the first process's own peak is exact, since the kernel keeps it.
 */
public final class ProcessMemory {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Process process;
    private volatile long peak;

    private ProcessMemory(Process process) {
        this.process = process;
    }

    public static ProcessMemory watch(Process process) {
        ProcessMemory memory = new ProcessMemory(process);
        Threads.ANY.execute(memory::watch);
        return memory;
    }

    public long peakBytes() {
        return peak;
    }

    private void watch() {
        while (process.isAlive()) {
            look();
            Wait.pause(PERIOD);
        }
    }

    private void look() {
        long own = bytes(process.pid(), "VmHWM:");
        long all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(each -> bytes(each.pid(), "VmRSS:"))
                .sum();
        peak = Math.max(peak, Math.max(own, all));
    }

    /** 0 for a process that has ended. */
    private static long bytes(long pid, String field) {
        Path status = Path.of("/proc/" + pid + "/status");
        try (Stream<String> lines = Files.lines(status, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .sum();
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }
}

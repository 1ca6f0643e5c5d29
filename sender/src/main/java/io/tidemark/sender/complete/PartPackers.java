package io.tidemark.sender.complete;

import io.tidemark.sender.capture.PartSink;
import io.tidemark.sender.outbox.VolumePacker;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes a packer per worker, and gives back what they hold. */
final class PartPackers implements Closeable {
    private final VolumePacker packer;
    private final Path folder;
    private final List<PartPacker> made = new ArrayList<>();

    /** @param folder of our own */
    PartPackers(VolumePacker packer, Path folder) {
        this.packer = packer;
        this.folder = folder;
    }

    synchronized PartSink next() {
        PartPacker sink = new PartPacker(packer, folder.resolve("part-" + made.size() + ".tmp"));
        made.add(sink);
        return sink;
    }

    @Override
    public synchronized void close() {
        made.forEach(PartPacker::close);
        made.clear();
    }
}

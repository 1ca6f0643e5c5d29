package io.tidemark.sender.complete;

import io.tidemark.bundle.PartRecord;
import io.tidemark.sender.capture.CopiedPart;
import io.tidemark.sender.capture.EarlierParts;
import io.tidemark.sender.state.PartMemory;
import io.tidemark.table.TableDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The parts of the complete before, as the sender's state has them; from time to time it claims to know nothing, so that all is read. */
final class RememberedParts implements EarlierParts {
    private final PartMemory memory;
    private final Runnable receiptsRead;
    private final Duration readAll;
    private final Clock clock;
    private Instant read = Instant.MIN;

    /**
     * @param receiptsRead returns once the state has learnt what the receiver says
     * @param readAll how long parts may go unread
     */
    RememberedParts(PartMemory memory, Runnable receiptsRead, Duration readAll, Clock clock) {
        this.memory = memory;
        this.receiptsRead = receiptsRead;
        this.readAll = readAll;
        this.clock = clock;
    }

    @Override
    public OptionalLong begin(String ground) {
        Instant now = clock.instant();
        Optional<PartMemory.Memory> before = memory.begin()
                .filter(kept -> kept.ground().equals(ground))
                .filter(kept ->
                        !kept.read().isAfter(now) && kept.read().plus(readAll).isAfter(now));
        read = before.map(PartMemory.Memory::read).orElse(now);
        return before.isPresent() ? OptionalLong.of(before.get().horizon()) : OptionalLong.empty();
    }

    @Override
    public Optional<CopiedPart> find(String table, int part) {
        receiptsRead.run();
        return memory.find(table, part).map(RememberedParts::copied);
    }

    private static CopiedPart copied(PartMemory.Part part) {
        List<PartRecord> records = part.contents().stream()
                .map(content -> new PartRecord(0, part.number(), content.blob(), content.rows(), content.bytes()))
                .toList();
        return new CopiedPart(
                part.number(),
                records,
                part.rows(),
                records.stream().mapToLong(PartRecord::bytes).sum(),
                TableDigest.parse(part.digest()));
    }

    @Override
    public void note(String table, CopiedPart part) {
        memory.note(
                table,
                new PartMemory.Part(
                        part.part(),
                        part.rows(),
                        part.digest().hex(),
                        part.records().stream()
                                .map(line -> new PartMemory.Content(line.blob(), line.rows(), line.bytes()))
                                .toList()));
    }

    @Override
    public void end(String ground, long horizon) {
        memory.end(new PartMemory.Memory(ground, horizon, read));
    }
}

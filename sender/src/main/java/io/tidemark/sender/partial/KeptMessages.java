package io.tidemark.sender.partial;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;

/** Messages of a transaction on disk as they were sent, until it is known which of its subtransactions have been taken back. */
final class KeptMessages implements Closeable {
    private static final int BUFFER = 64 << 10;

    private final int xid;
    private final FileChannel channel;
    private final DataOutputStream out;
    private final BitSet takenBack = new BitSet();
    private long count;

    /**
     * @param xid of the transaction
     * @param file is made, and gone when this is closed
     */
    KeptMessages(int xid, Path file) throws IOException {
        this.xid = xid;
        this.channel = SpillFile.channel(file);
        this.out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER));
    }

    /** A transaction's number comes before those of its subtransactions, also where numbers begin anew. */
    private int place(int subtransaction) {
        return subtransaction - xid;
    }

    void add(int subtransaction, ByteBuffer message) throws IOException {
        out.writeInt(subtransaction);
        out.writeInt(message.remaining());
        out.write(message.array(), message.arrayOffset() + message.position(), message.remaining());
        count++;
    }

    void takeBack(int subtransaction) {
        takenBack.set(place(subtransaction));
    }

    /** Takes messages one by one. */
    interface Reader {
        void message(ByteBuffer message) throws IOException;
    }

    /** Those that stand, in their order. */
    void read(Reader reader) throws IOException {
        out.flush();
        channel.position(0);
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), BUFFER));
        for (long left = count; left > 0; left--) {
            int subtransaction = in.readInt();
            int length = in.readInt();
            if (takenBack.get(place(subtransaction))) {
                in.skipNBytes(length);
            } else {
                byte[] bytes = new byte[length];
                in.readFully(bytes);
                reader.message(ByteBuffer.wrap(bytes));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

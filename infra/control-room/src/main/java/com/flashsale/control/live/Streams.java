package com.flashsale.control.live;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The event streams of all browsers. Each has room for one message: a browser that reads too slowly misses seconds, and
 * holds up no other.
 */
public final class Streams implements AutoCloseable {

    /** Browsers at once. */
    public static final int MOST = 12;

    /** A browser that takes nothing for so long loses its place. Its connection ends when it closes it. */
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(10);

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** The way to one browser. */
    private static final class Stream {
        private final ArrayBlockingQueue<byte[]> room = new ArrayBlockingQueue<>(1);
        private volatile long writesSince;
        private volatile boolean closed;
    }

    private final List<Stream> streams = new ArrayList<>();
    private boolean closed;

    public synchronized int count() {
        return streams.size();
    }

    /** A message as the format of event streams has it. The JSON has no line break. */
    public static byte[] message(String event, String json) {
        return ("event: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Writes messages to a browser until it goes away or these streams are closed; on the caller's thread.
     *
     * @param first written before any other message
     * @return false if there are as many streams as there may be; then nothing was written
     */
    public boolean serve(OutputStream out, byte[] first) throws InterruptedException {
        var stream = new Stream();
        if (!enter(stream)) return false;
        try {
            write(stream, out, first);
            while (!stream.closed) {
                var next = stream.room.poll(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                write(stream, out, next == null ? ":\n\n".getBytes(StandardCharsets.UTF_8) : next);
            }
        } catch (IOException gone) {
            return true;
        } finally {
            leave(stream);
        }
        return true;
    }

    private static void write(Stream stream, OutputStream out, byte[] bytes) throws IOException {
        stream.writesSince = System.nanoTime();
        out.write(bytes);
        out.flush();
        stream.writesSince = 0;
    }

    /** Gives a message to all browsers, and the places of those that take none to others. */
    public void publish(byte[] message) {
        for (var stream : all()) {
            if (!stream.room.offer(message)) {
                stream.room.poll();
                stream.room.offer(message);
            }
            long since = stream.writesSince;
            if (since != 0 && System.nanoTime() - since > LONGEST_WRITE.toNanos()) end(stream);
        }
    }

    private void end(Stream stream) {
        stream.closed = true;
        leave(stream);
    }

    private synchronized boolean enter(Stream stream) {
        if (closed || streams.size() >= MOST) return false;
        return streams.add(stream);
    }

    private synchronized void leave(Stream stream) {
        streams.remove(stream);
    }

    private synchronized List<Stream> all() {
        return List.copyOf(streams);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        all().forEach(this::end);
    }
}

package com.flashsale.platform.stream;

import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.net.SocketWrapperBase.BlockingMode;
import org.jspecify.annotations.Nullable;

/**
 * One reader of events. At most one write is in progress and one event waits behind it: a slow reader misses the events
 * in between, and never the last. No call waits for the reader.
 */
public final class EventStream {

    private static final int WRITE_LIMIT_SECONDS = 20;
    private static final long BEGIN_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final byte[] NOTHING = {};
    private static final byte[] ALIVE = ": alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Consumer<EventStream> onEnd;
    private final long openedAt = System.nanoTime();
    private final long overAt;
    private final AtomicReference<byte @Nullable []> next = new AtomicReference<>(NOTHING);
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile boolean ending;

    /** Goes out before the first event; only the writing thread touches it. */
    private byte @Nullable [] first;

    private volatile @Nullable SocketWrapperBase<?> socket;

    /** @param overAt the end of its lifetime, as {@link System#nanoTime} */
    EventStream(byte[] first, long overAt, Consumer<EventStream> onEnd) {
        this.first = first;
        this.overAt = overAt;
        this.onEnd = onEnd;
    }

    /**
     * The bytes of an event; all readers may share one array. The id and the name must not have line breaks, the data
     * may.
     */
    public static byte[] event(@Nullable String name, @Nullable String id, String data) {
        var text = new StringBuilder(data.length() + 64);
        if (name != null) text.append("event: ").append(name).append('\n');
        if (id != null) text.append("id: ").append(id).append('\n');
        data.lines().forEach(line -> text.append("data: ").append(line).append('\n'));
        return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Replaces an event that still waits. */
    public void show(byte[] event) {
        next.set(event);
        write();
    }

    /** Sends a comment as a sign of life, unless an event already waits. */
    public void beat() {
        if (next.compareAndSet(null, ALIVE)) write();
    }

    /** Ends the stream once the reader has received the last event. */
    public void end() {
        ending = true;
        write();
    }

    public boolean isOpen() {
        return !ended.get();
    }

    boolean isOver(long now) {
        return now - overAt >= 0;
    }

    /** The connection broke before the first byte, which no callback reports. */
    boolean neverBegan(long now) {
        return socket == null && now - openedAt > BEGIN_LIMIT_NANOS;
    }

    void begin(SocketWrapperBase<?> wrapper) {
        wrapper.setWriteTimeout(TimeUnit.SECONDS.toMillis(WRITE_LIMIT_SECONDS));
        socket = wrapper;
        if (isOpen()) write();
        else wrapper.close();
    }

    private void write() {
        while (next.get() != null && isOpen()) {
            var to = socket;
            if (to == null || !writing.compareAndSet(false, true)) return;
            var event = next.getAndSet(null);
            if (event != null) {
                write(to, event);
                return;
            }
            writing.set(false);
        }
        if (ending && next.get() == null && socket != null && !writing.get()) close();
    }

    private void write(SocketWrapperBase<?> to, byte[] event) {
        try {
            to.write(
                    BlockingMode.NON_BLOCK,
                    WRITE_LIMIT_SECONDS,
                    TimeUnit.SECONDS,
                    this,
                    SocketWrapperBase.COMPLETE_WRITE_WITH_COMPLETION,
                    WRITTEN,
                    ByteBuffer.wrap(withFirst(event)));
        } catch (RuntimeException gone) {
            close();
        }
    }

    private byte[] withFirst(byte[] event) {
        var before = first;
        if (before == null) return event;
        first = null;
        var both = Arrays.copyOf(before, before.length + event.length);
        System.arraycopy(event, 0, both, before.length, event.length);
        return both;
    }

    private static final CompletionHandler<Long, EventStream> WRITTEN = new CompletionHandler<>() {
        @Override
        public void completed(Long bytes, EventStream stream) {
            stream.writing.set(false);
            stream.write();
        }

        @Override
        public void failed(Throwable gone, EventStream stream) {
            stream.close();
        }
    };

    private void close() {
        var from = socket;
        if (from != null) from.close();
        hasEnded();
    }

    /** Reports the end of the stream; only the first call counts. */
    void hasEnded() {
        if (ended.compareAndSet(false, true)) onEnd.accept(this);
    }
}

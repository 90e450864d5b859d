package com.flashsale.gateway.stream;

import com.flashsale.gateway.fastpath.StreamConnection;
import io.netty.util.concurrent.EventExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One browser that watches a queue. Its state belongs to its connection's event loop. */
final class Watcher {

    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final Duration SHORTEST = Duration.ofMinutes(8);
    private static final Duration LONGEST = Duration.ofMinutes(12);
    private static final byte[] SIGN_OF_LIFE = ":alive\n\n".getBytes(StandardCharsets.UTF_8);

    private final StreamConnection connection;
    private final String network;
    private final long endsAt;
    private @Nullable QueueEvent shown;
    private long shownAt;

    Watcher(StreamConnection connection, String network) {
        this.connection = connection;
        this.network = network;
        // watchers that came together do not reconnect together
        endsAt = System.nanoTime() + ThreadLocalRandom.current().nextLong(SHORTEST.toNanos(), LONGEST.toNanos());
    }

    EventExecutor executor() {
        return connection.executor();
    }

    String network() {
        return network;
    }

    void shown(QueueEvent event) {
        shown = event;
        shownAt = System.nanoTime();
    }

    /**
     * Shows an event that this watcher has not seen. A slow watcher gets the newest event as soon as it has read the
     * last one. A watcher without news for long gets a heartbeat.
     */
    @SuppressWarnings("ReferenceEquality") // the very event that was shown
    void show(QueueEvent event) {
        if (!connection.isOpen() || !connection.isWritable()) return;
        var now = System.nanoTime();
        if (now - endsAt >= 0) {
            connection.end();
        } else if (event != shown) {
            connection.write(event.bytes());
            shown(event);
        } else if (now - shownAt >= SILENCE.toNanos()) {
            connection.write(SIGN_OF_LIFE);
            shownAt = now;
        }
    }

    void end() {
        connection.end();
    }

    /** From any thread. */
    void leave() {
        connection.execute(connection::end);
    }
}

package com.flashsale.order.order;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * One open stream. At most one write is under way: while a slow reader blocks it, newer versions of the order are skipped, and the
 * latest follows when the reader is back.
 */
final class OrderSubscriber {

    private static final Logger log = LoggerFactory.getLogger(OrderSubscriber.class);

    final UUID orderId;
    final UUID customerId;
    final SseEmitter emitter;
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile int seen;

    OrderSubscriber(OrderSnapshot snapshot, int seen, SseEmitter emitter) {
        this.orderId = snapshot.id();
        this.customerId = snapshot.order().purchase().customerId();
        this.seen = seen;
        this.emitter = emitter;
    }

    /** The version that the reader has. */
    int seen() {
        return seen;
    }

    void show(OrderSnapshot snapshot, String json) {
        write(() -> {
            if (snapshot.version() <= seen) return;
            emitter.send(
                    SseEmitter.event().id(Integer.toString(snapshot.version())).data(json));
            seen = snapshot.version();
            if (snapshot.order().isFinal()) emitter.complete();
        });
    }

    void beat() {
        write(() -> emitter.send(heartbeat()));
    }

    private static SseEventBuilder heartbeat() {
        return SseEmitter.event().comment("alive");
    }

    private interface Write {
        void run() throws IOException;
    }

    private void write(Write write) {
        if (!writing.compareAndSet(false, true)) return;
        Thread.ofVirtual().name("order-stream").start(() -> {
            try {
                write.run();
            } catch (IOException | IllegalStateException gone) {
                log.debug("A reader has gone: {}", gone.toString());
                emitter.complete();
            } finally {
                writing.set(false);
            }
        });
    }
}

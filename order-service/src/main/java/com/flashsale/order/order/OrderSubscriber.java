package com.flashsale.order.order;

import com.flashsale.platform.stream.EventStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One open stream of one order. A slow reader misses versions in between, and never the last. */
final class OrderSubscriber {

    final UUID orderId;
    private volatile @Nullable EventStream stream;
    private int seen;

    OrderSubscriber(UUID orderId, int seen) {
        this.orderId = orderId;
        this.seen = seen;
    }

    void follow(EventStream opened) {
        stream = opened;
    }

    /** The version that was sent last. */
    synchronized int seen() {
        return seen;
    }

    synchronized void show(OrderSnapshot snapshot, byte[] event) {
        var to = stream;
        if (to == null || snapshot.version() <= seen) return;
        seen = snapshot.version();
        to.show(event);
        if (snapshot.order().isFinal()) to.end();
    }

    void beat() {
        var to = stream;
        if (to != null) to.beat();
    }
}

package com.flashsale.waitlist.status;

import com.flashsale.platform.stream.EventStream;
import com.flashsale.platform.stream.EventStreams;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Shows the queues to all watchers: a round makes one snapshot per sale, as bytes, and shows them to every stream. A
 * slow reader misses snapshots, but never the last one, and does not hold up the others. The sign of life of a quiet
 * queue is its snapshot.
 */
@Component
class QueueBroadcast implements SmartLifecycle {

    private static final Duration STREAM = Duration.ofMinutes(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final SaleCache saleCache;
    private final QueueStatusCache statusCache;
    private final JsonMapper json;
    private final EventStreams streams;
    private final Map<SaleId, Watchers> sales = new ConcurrentHashMap<>();
    private volatile boolean running;

    QueueBroadcast(
            SaleCache saleCache,
            QueueStatusCache statusCache,
            JsonMapper json,
            QueueStreamSettings settings,
            MeterRegistry meters) {
        this.saleCache = saleCache;
        this.statusCache = statusCache;
        this.json = json;
        this.streams = new EventStreams(settings.mostSubscribers(), settings.mostPerClient(), STREAM);
        meters.gauge("waiting.room.subscribers", streams, EventStreams::count);
    }

    /** The watchers of one sale. Every snapshot is shown under their lock, so that no reader sees an older one last. */
    private final class Watchers {

        private final Set<EventStream> all = ConcurrentHashMap.newKeySet();
        private QueueSnapshot shown;
        private long shownAt = System.nanoTime();
        private boolean gone;

        Watchers(KnownSale sale) {
            shown = statusCache.snapshot(sale);
        }

        synchronized boolean add(EventStream stream, KnownSale sale) {
            if (gone) return false;
            all.add(stream);
            // it may have ended before it was added
            if (!stream.isOpen()) all.remove(stream);
            stream.show(bytes(statusCache.snapshot(sale)));
            return true;
        }

        synchronized void show(KnownSale sale) {
            var snapshot = statusCache.snapshot(sale);
            var quiet = snapshot.looksLike(shown) && System.nanoTime() - shownAt < HEARTBEAT.toNanos();
            if (quiet) return;
            shown = snapshot;
            shownAt = System.nanoTime();
            var bytes = bytes(snapshot);
            all.forEach(stream -> stream.show(bytes));
        }

        synchronized boolean isLeft() {
            gone = all.isEmpty();
            return gone;
        }
    }

    /** @param client an address, or another identity that counts as one client */
    void subscribe(KnownSale sale, Object client, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var stream = streams.open(client, request, response, ended -> leave(sale.id(), ended));
        while (!sales.computeIfAbsent(sale.id(), _ -> new Watchers(sale)).add(stream, sale)) Thread.onSpinWait();
    }

    private void leave(SaleId sale, EventStream stream) {
        var watchers = sales.get(sale);
        if (watchers != null) watchers.all.remove(stream);
    }

    /** One round: shows changed snapshots at once, and an unchanged one when the last is 15 s old. */
    void publish() {
        streams.endOld();
        sales.forEach((id, watchers) -> {
            if (watchers.isLeft()) sales.remove(id, watchers);
            else saleCache.find(id).ifPresent(watchers::show);
        });
    }

    @EventListener
    void evict(Sale.Evicted evicted) {
        var watchers = sales.remove(evicted.sale());
        if (watchers != null) watchers.all.forEach(EventStream::end);
    }

    private byte[] bytes(QueueSnapshot snapshot) {
        var id = Long.toString(snapshot.serverTime().toEpochMilli());
        return EventStream.event("queue", id, json.writeValueAsString(snapshot));
    }

    @Override
    public void start() {
        streams.start();
        running = true;
    }

    /** Stops before the web server waits for its requests: the readers come back to another replica. */
    @Override
    public void stop() {
        running = false;
        streams.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

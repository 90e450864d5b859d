package com.flashsale.waitlist.waitingroom;

import com.flashsale.platform.groupcommit.OverloadedException;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One producer for all who watch: a beat makes one snapshot per sale and hands it to every stream. A slow reader misses snapshots, he
 * does not hold up the others.
 */
@Component
class QueueBroadcast implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(QueueBroadcast.class);
    private static final Duration STREAM = Duration.ofMinutes(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration RECONNECT = Duration.ofSeconds(2);

    private final KnownSales knownSales;
    private final RoomBoard board;
    private final WaitingRoomSettings settings;
    private final Map<SaleId, Watchers> sales = new ConcurrentHashMap<>();
    private final AtomicInteger subscribers = new AtomicInteger();
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

    QueueBroadcast(KnownSales knownSales, RoomBoard board, WaitingRoomSettings settings, MeterRegistry meters) {
        this.knownSales = knownSales;
        this.board = board;
        this.settings = settings;
        meters.gauge("waiting.room.subscribers", subscribers);
    }

    private static final class Watcher {
        private final SseEmitter stream = new SseEmitter(STREAM.toMillis());
        private final AtomicBoolean busy = new AtomicBoolean();
    }

    private static final class Watchers {
        private final Set<Watcher> all = ConcurrentHashMap.newKeySet();
        private volatile QueueSnapshot shown;
        private volatile long shownAt = System.nanoTime();

        Watchers(QueueSnapshot first) {
            this.shown = first;
        }
    }

    SseEmitter subscribe(KnownSale sale) {
        if (subscribers.incrementAndGet() > settings.mostSubscribers()) {
            subscribers.decrementAndGet();
            throw new OverloadedException("as many streams as this replica carries");
        }
        var snapshot = board.snapshot(sale);
        var watcher = new Watcher();
        var watchers = sales.computeIfAbsent(sale.id(), _ -> new Watchers(snapshot));
        watcher.stream.onCompletion(() -> {
            if (watchers.all.remove(watcher)) subscribers.decrementAndGet();
        });
        watcher.stream.onTimeout(watcher.stream::complete);
        watchers.all.add(watcher);
        send(watcher, event(snapshot).reconnectTime(RECONNECT.toMillis()));
        return watcher.stream;
    }

    /** One beat: shows what has changed, and a sign of life where nothing has for a while. */
    void beat() {
        sales.forEach((id, watchers) -> {
            if (watchers.all.isEmpty()) return;
            knownSales.find(id).ifPresent(sale -> show(watchers, board.snapshot(sale)));
        });
    }

    private void show(Watchers watchers, QueueSnapshot snapshot) {
        var changed = !snapshot.looksLike(watchers.shown);
        if (!changed && System.nanoTime() - watchers.shownAt < HEARTBEAT.toNanos()) return;
        watchers.shown = snapshot;
        watchers.shownAt = System.nanoTime();
        for (var watcher : watchers.all) {
            send(watcher, changed ? event(snapshot) : SseEmitter.event().comment("alive"));
        }
    }

    private static SseEmitter.SseEventBuilder event(QueueSnapshot snapshot) {
        return SseEmitter.event()
                .name("queue")
                .id(Long.toString(snapshot.serverTime().toEpochMilli()))
                .data(snapshot, MediaType.APPLICATION_JSON);
    }

    private void send(Watcher watcher, SseEmitter.SseEventBuilder event) {
        if (!watcher.busy.compareAndSet(false, true)) return;
        senders.execute(() -> {
            try {
                watcher.stream.send(event);
            } catch (IOException | IllegalStateException gone) {
                log.debug("A watcher has gone: {}", gone.getMessage());
                watcher.stream.complete();
            } finally {
                watcher.busy.set(false);
            }
        });
    }

    @Override
    public void destroy() {
        sales.values().forEach(watchers -> watchers.all.forEach(watcher -> watcher.stream.complete()));
        senders.close();
    }
}

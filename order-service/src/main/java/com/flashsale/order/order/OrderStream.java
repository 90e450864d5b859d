package com.flashsale.order.order;

import com.flashsale.platform.stream.EventStream;
import com.flashsale.platform.stream.EventStreams;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pushes orders to their owners as they change, on any replica. One statement serves all streams of this replica, five
 * times a second, and none runs without streams.
 */
@Component
class OrderStream implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OrderStream.class);

    private final Orders orders;
    private final EventStreams streams;
    private final JsonMapper json;
    private final Set<OrderSubscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean running;

    OrderStream(Orders orders, OrderStreamSettings settings, JsonMapper json, MeterRegistry meters) {
        this.orders = orders;
        this.streams = new EventStreams(settings.maxSubscribers(), settings.maxPerCustomer(), settings.timeout());
        this.json = json;
        meters.gauge("orders.streams", streams, EventStreams::count);
    }

    /** Sends the order as it is, unless the reader has seen that, and then each change until a final state. */
    void subscribe(OrderSnapshot snapshot, int seen, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var subscriber = new OrderSubscriber(snapshot.id(), seen);
        var customer = snapshot.order().purchase().customerId();
        var stream = streams.open(customer, request, response, () -> subscribers.remove(subscriber));
        subscriber.follow(stream);
        subscribers.add(subscriber);
        if (stream.isOpen()) subscriber.show(snapshot, eventOf(snapshot));
        else subscribers.remove(subscriber);
    }

    @Scheduled(fixedRate = 200)
    void look() {
        if (subscribers.isEmpty() || !looking.compareAndSet(false, true)) return;
        try {
            showChanges();
        } catch (DataAccessException | CannotCreateTransactionException notNow) {
            log.debug("Orders could not be read in this round: {}", notNow.toString());
        } finally {
            looking.set(false);
        }
    }

    private void showChanges() {
        Map<UUID, Integer> seen = HashMap.newHashMap(subscribers.size());
        for (var subscriber : subscribers) seen.merge(subscriber.orderId, subscriber.seen(), Math::min);
        var changed = orders.changed(seen).stream().collect(Collectors.toMap(OrderSnapshot::id, order -> order));
        if (changed.isEmpty()) return;
        for (var subscriber : subscribers) {
            var order = changed.get(subscriber.orderId);
            if (order != null) subscriber.show(order, eventOf(order));
        }
    }

    private byte[] eventOf(OrderSnapshot order) {
        return EventStream.event(null, Integer.toString(order.version()), json.writeValueAsString(order.view()));
    }

    /**
     * Keeps proxies from closing a quiet stream, finds readers that have gone, and ends streams that have lasted long
     * enough.
     */
    @Scheduled(fixedRate = 15_000)
    void beat() {
        streams.endOld();
        subscribers.forEach(OrderSubscriber::beat);
    }

    @Override
    public void start() {
        streams.start();
        running = true;
    }

    /** Ends all streams before the web server waits for its requests: their readers come back to another replica. */
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

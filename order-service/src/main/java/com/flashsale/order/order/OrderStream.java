package com.flashsale.order.order;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import io.micrometer.core.instrument.MeterRegistry;
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
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pushes orders to their owners as they change, whichever replica changed them: one statement for all streams of this replica, five times
 * a second, and none while nobody watches.
 */
@Component
class OrderStream implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(OrderStream.class);

    private final Orders orders;
    private final OrderStreamSettings settings;
    private final JsonMapper json;
    private final Set<OrderSubscriber> subscribers = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean running;

    OrderStream(Orders orders, OrderStreamSettings settings, JsonMapper json, MeterRegistry meters) {
        this.orders = orders;
        this.settings = settings;
        this.json = json;
        meters.gaugeCollectionSize("orders.streams", io.micrometer.core.instrument.Tags.empty(), subscribers);
    }

    /** Sends the order as it is, unless the reader has seen that, and then each change until a final state. */
    SseEmitter subscribe(OrderSnapshot snapshot, int seen) {
        refuseTooMany(snapshot.order().purchase().customerId());
        var emitter = new SseEmitter(settings.timeout().toMillis());
        var subscriber = new OrderSubscriber(snapshot, seen, emitter);
        emitter.onCompletion(() -> subscribers.remove(subscriber));
        emitter.onTimeout(emitter::complete);
        emitter.onError(_ -> subscribers.remove(subscriber));
        subscribers.add(subscriber);
        subscriber.show(snapshot, json.writeValueAsString(snapshot.view()));
        return emitter;
    }

    private void refuseTooMany(UUID customer) {
        if (!running || subscribers.size() >= settings.maxSubscribers()) {
            throw new ProblemException(ProblemTypes.OVERLOADED, "Ask for the order itself every few seconds instead.");
        }
        var own = subscribers.stream()
                .filter(other -> other.customerId.equals(customer))
                .count();
        if (own >= settings.maxPerCustomer()) {
            throw new ProblemException(ProblemTypes.TOO_MANY_REQUESTS, "Close one of your " + own + " streams first.");
        }
    }

    @Scheduled(fixedRate = 200)
    void look() {
        if (subscribers.isEmpty() || !looking.compareAndSet(false, true)) return;
        try {
            showChanges();
        } catch (DataAccessException | CannotCreateTransactionException notNow) {
            log.debug("No look at the orders this time: {}", notNow.toString());
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
            if (order != null) subscriber.show(order, json.writeValueAsString(order.view()));
        }
    }

    /** Keeps proxies from closing a quiet stream, and finds readers that have gone. */
    @Scheduled(fixedRate = 15_000)
    void beat() {
        subscribers.forEach(OrderSubscriber::beat);
    }

    @Override
    public void start() {
        running = true;
    }

    /** Ends all streams before the web server waits for its requests: their readers come back to another replica. */
    @Override
    public void stop() {
        running = false;
        subscribers.forEach(subscriber -> subscriber.emitter.complete());
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}

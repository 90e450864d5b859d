package com.flashsale.order.payment;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;

/**
 * A provider that loses charges, answers too late, and keeps charges in a queue of its own where a question does not
 * find them. The outcome of a charge depends on the seed, its number and the number of calls about it, not on the order
 * of threads.
 */
public class SimulatedProvider extends GuardedProvider implements BeanFactoryAware {

    private enum Outcome {
        AT_ONCE,
        ANSWER_LOST,
        LOST,
        QUEUED,
        DECLINED
    }

    private static final PaymentProviderSettings SETTINGS = new PaymentProviderSettings(
            URI.create("http://localhost"),
            "unused",
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    private final Map<UUID, Integer> number = new HashMap<>();
    private final Map<UUID, Integer> calls = new HashMap<>();
    private final Map<UUID, UUID> orders = new HashMap<>();
    private final Map<UUID, String> states = new HashMap<>();
    private final Set<UUID> queued = new HashSet<>();
    private long seed;
    private BeanFactory beans;

    public SimulatedProvider() {
        super(null, CircuitBreakerRegistry.ofDefaults(), SETTINGS);
    }

    @Override
    public void setBeanFactory(BeanFactory around) {
        beans = around;
    }

    /** The bean factory that holds this provider. */
    public BeanFactory beans() {
        return beans;
    }

    public synchronized void begin(long newSeed) {
        seed = newSeed;
        number.clear();
        calls.clear();
        orders.clear();
        states.clear();
        queued.clear();
    }

    /** Before its first call, so that its number does not depend on threads. */
    public synchronized void knows(Payment payment) {
        number.putIfAbsent(payment.id(), number.size());
        orders.put(payment.id(), payment.orderId());
    }

    @Override
    public synchronized Answer charge(Payment payment) {
        var id = payment.id();
        if (states.containsKey(id)) return answer(id);
        var outcomes = Outcome.values();
        switch (outcomes[chance(id).nextInt(outcomes.length)]) {
            case AT_ONCE -> states.put(id, "CAPTURED");
            case DECLINED -> states.put(id, "DECLINED");
            case ANSWER_LOST -> {
                states.put(id, "CAPTURED");
                return new Answer.Unclear("no answer");
            }
            case QUEUED -> {
                queued.add(id);
                return new Answer.Unclear("in its queue");
            }
            case LOST -> {
                return new Answer.Unclear("lost");
            }
        }
        return answer(id);
    }

    @Override
    public synchronized Answer ask(UUID id) {
        if (chance(id).nextInt(4) == 0) return new Answer.Unclear("no answer");
        return states.containsKey(id) ? answer(id) : new Answer.NotKnown();
    }

    @Override
    public synchronized Answer refund(UUID id) {
        if (!"DECLINED".equals(states.get(id))) states.replace(id, "REFUNDED");
        return chance(id).nextInt(3) == 0 ? new Answer.Unclear("no answer") : answer(id);
    }

    /** Captures the charges that waited in the queue. */
    public synchronized void emptyQueue() {
        queued.forEach(id -> states.putIfAbsent(id, "CAPTURED"));
        queued.clear();
    }

    /** Captures of this order that were not given back. */
    public synchronized long captured(UUID order) {
        return states.entrySet().stream()
                .filter(each -> each.getValue().equals("CAPTURED") && order.equals(orders.get(each.getKey())))
                .count();
    }

    private Answer answer(UUID id) {
        return switch (states.get(id)) {
            case "CAPTURED" -> new Answer.Captured();
            case "DECLINED" -> new Answer.Declined();
            default -> new Answer.Refunded();
        };
    }

    private SplittableRandom chance(UUID id) {
        var call = calls.merge(id, 1, Integer::sum);
        return new SplittableRandom(seed * 31 + number.getOrDefault(id, -1) * 1_009L + call);
    }
}

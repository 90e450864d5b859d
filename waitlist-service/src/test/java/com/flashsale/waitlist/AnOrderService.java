package com.flashsale.waitlist;

import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * order-service, as far as it says of an admission that it was used or will never be: one answer for each question, one
 * truth for ever.
 */
public final class AnOrderService {

    private static final UUID VOID = new UUID(0, 0);
    private static final Map<UUID, UUID> ENDS = new ConcurrentHashMap<>();
    private static final Set<UUID> SILENT = ConcurrentHashMap.newKeySet();

    private AnOrderService() {}

    /** One thread for all tests of this JVM. */
    private static final class Holder {
        static final Thread THREAD =
                Thread.ofPlatform().daemon().name("order-service").start(AnOrderService::run);
    }

    static void listen() {
        if (!Holder.THREAD.isAlive()) throw new AssertionError("the stand-in for order-service has ended");
    }

    /**
     * As if Kafka stood still between it and us: no answer about this sale until {@link #speak}, so no admission of it
     * ends.
     */
    public static void fallSilent(UUID sale) {
        SILENT.add(sale);
    }

    public static void speak(UUID sale) {
        SILENT.remove(sale);
    }

    static boolean place(UUID order, UUID admission) {
        var end = ENDS.putIfAbsent(admission, order);
        return end == null || end.equals(order);
    }

    private static void run() {
        var answered = ConcurrentHashMap.<UUID>newKeySet();
        while (!Thread.currentThread().isInterrupted()) {
            for (var asked : TestKafka.events("waitlist.admission")) {
                if (!SILENT.contains(UUID.fromString(asked.key())) && answered.add(asked.id())) answer(asked);
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static void answer(TestEvent asked) {
        var admission = UUID.fromString(asked.subject());
        var order = ENDS.computeIfAbsent(admission, _ -> VOID);
        if (order.equals(VOID)) {
            tell("voided", asked.key(), Map.of("admissionId", admission, "saleId", asked.key()));
        } else {
            tell("used", asked.key(), Map.of("admissionId", admission, "saleId", asked.key(), "orderId", order));
        }
    }

    private static void tell(String fact, String sale, Map<String, Object> data) {
        TestKafka.produce("order.admission", sale, "com.flashsale.order.admission." + fact + ".v1", data);
    }
}

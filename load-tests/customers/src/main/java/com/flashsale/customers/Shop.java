package com.flashsale.customers;

import com.flashsale.client.api.Api;
import java.time.Duration;

/** One sale as its customers see it: the way there, the queue, and the behaviour of the crowd as a whole. */
public final class Shop implements AutoCloseable {

    private static final int CALLS_AT_ONCE = 128;

    /** Twice as many joins wait as may be in flight, so the limiter never idles. */
    private static final int WAITING_PER_JOIN = 2;

    /**
     * @param joinsUnderWay join requests that are under way at the same time
     * @param joinsPerCustomer requests that each customer sends at once to join: impatient people have several tabs
     * @param comesBackAfter the pause after a full house turned a customer away
     */
    public record CrowdSettings(int joinsUnderWay, int joinsPerCustomer, Duration comesBackAfter) {}

    private final String saleId;
    private final CrowdSettings settings;
    private final OrderLog orderLog;
    private final Counters counters = new Counters();
    private final ThrottledClient client;
    private final Bulkhead bulkhead;
    private final QueuePoller queue;

    private Shop(Api api, String saleId, CrowdSettings settings, OrderLog orderLog) {
        this.saleId = saleId;
        this.settings = settings;
        this.orderLog = orderLog;
        this.client = new ThrottledClient(api, counters, settings.joinsUnderWay(), CALLS_AT_ONCE);
        this.bulkhead =
                new Bulkhead(Math.max(1, WAITING_PER_JOIN * settings.joinsUnderWay() / settings.joinsPerCustomer()));
        this.queue = new QueuePoller(client, saleId);
    }

    public static Shop open(Api api, String saleId, CrowdSettings settings, OrderHistory history) {
        return new Shop(api, saleId, settings, history);
    }

    static Shop of(Api api, String saleId, CrowdSettings settings, OrderLog orderLog) {
        return new Shop(api, saleId, settings, orderLog);
    }

    /** For single purchases, which need no history. */
    public static Shop quiet(Api api, String saleId) {
        return new Shop(api, saleId, new CrowdSettings(1, 1, Duration.ofSeconds(1)), _ -> {});
    }

    String saleId() {
        return saleId;
    }

    CrowdSettings settings() {
        return settings;
    }

    OrderLog orderLog() {
        return orderLog;
    }

    Bulkhead bulkhead() {
        return bulkhead;
    }

    ThrottledClient client() {
        return client;
    }

    public Counters counters() {
        return counters;
    }

    public QueuePoller queue() {
        return queue;
    }

    @Override
    public void close() {
        queue.close();
    }
}

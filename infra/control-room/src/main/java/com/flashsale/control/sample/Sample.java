package com.flashsale.control.sample;

import com.flashsale.control.figures.SaleFigures;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one second. A figure that could not be read is null, and {@code missing} says why.
 *
 * @param at milliseconds since 1970
 * @param platform the state of the platform: STARTING, READY, ROLLING, DEGRADED, STOPPING
 * @param focus the id of the sale in which most happens; null without a sale
 * @param switches those of operators, by name
 */
public record Sample(
        long at,
        String platform,
        Traffic traffic,
        @Nullable List<SaleNow> sales,
        @Nullable String focus,
        @Nullable List<SaleFigures.Switch> switches,
        List<ServiceNow> services,
        @Nullable DatabaseNow database,
        @Nullable RedisNow redis,
        List<ProcessNow> processes,
        List<Missing> missing) {

    /**
     * Requests at the gateway, and orders in order-service and inventory-service. All rates are per second.
     *
     * @param responses by HTTP status
     * @param shed requests that the gateway refused because it was full, by priority
     * @param latency p50, p95 and p99 of {@code POST /api/v1/orders} in milliseconds; null without an order
     * @param orders by the state that they reached
     * @param decisions by inventory's decision
     */
    public record Traffic(
            @Nullable Double requests,
            Map<String, Double> responses,
            Map<String, Double> shed,
            @Nullable Latency latency,
            @Nullable Double inFlight,
            @Nullable Double inFlightLimit,
            @Nullable Double streams,
            Map<String, Double> orders,
            Map<String, Double> decisions) {}

    public record Latency(double p50, double p95, double p99) {}

    /**
     * One sale at this moment.
     *
     * @param waiting customers in the line whose number is not served yet
     * @param servedPerSecond numbers whose turn came, a mean over some seconds
     * @param waitSeconds what the line takes at that pace; null while it stands
     */
    public record SaleNow(
            String id,
            String name,
            String state,
            boolean loadTest,
            long opensAt,
            long closesAt,
            int pace,
            long allotted,
            long available,
            long reserved,
            long sold,
            long issued,
            long serving,
            long waiting,
            double servedPerSecond,
            @Nullable Double waitSeconds,
            long admitted,
            long waitlist) {}

    /**
     * The queues inside one replica.
     *
     * @param outboxAge seconds of the oldest event that is not published
     * @param lag messages that its consumers are behind
     */
    public record ServiceNow(
            String id,
            @Nullable Double outboxAge,
            @Nullable Double outboxPending,
            @Nullable Double lag,
            @Nullable Double connections,
            @Nullable Double connectionsWaiting,
            List<GroupCommitNow> commits) {}

    /**
     * One group commit.
     *
     * @param batch commands per commit; null without a commit in the last second, like the wait
     * @param waitMillis of a command for its place
     */
    public record GroupCommitNow(
            String queue,
            double depth,
            @Nullable Double batch,
            @Nullable Double waitMillis) {}

    /**
     * The database server.
     *
     * @param walPerSecond bytes of the write-ahead log
     * @param lockWaits locks for which a session waits at this moment
     */
    public record DatabaseNow(
            double commitsPerSecond,
            double rollbacksPerSecond,
            double walPerSecond,
            long deadlocks,
            long connections,
            long lockWaits) {}

    public record RedisNow(long operationsPerSecond, long usedBytes, long clients, long evictedKeys, double millis) {}

    /** @param cores 1 is one busy core; null where it is unknown */
    public record ProcessNow(
            String id,
            String kind,
            String state,
            @Nullable Long pid,
            @Nullable Double cores,
            @Nullable Long bytes,
            int restarts,
            String note) {}

    /** @param figures the figures that this sample lacks */
    public record Missing(String source, String figures, String why) {}
}

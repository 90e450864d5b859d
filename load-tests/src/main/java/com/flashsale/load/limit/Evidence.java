package com.flashsale.load.limit;

import com.flashsale.load.workload.Measured;
import com.flashsale.reports.result.Lateness;
import com.flashsale.reports.result.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The resource that held a run back, and the figures for it. */
final class Evidence {

    private static final double BUSY = 0.90;
    private static final double SLOW_MILLIS = 20;
    private static final double OTHERS = 0.3;
    private static final double NOTABLE_CORES = 0.02;
    private static final double MILLI = 1_000;

    private final Measured run;

    Evidence(Measured run) {
        this.run = run;
    }

    /** The first cause that applies; a disturbed machine comes before all others. */
    String bottleneck() {
        if (run.processor().othersCores() > OTHERS) {
            return "not told: the machine was not quiet, others kept %.2f cores busy"
                    .formatted(run.processor().othersCores());
        }
        if (run.processor().machineBusyShare() >= BUSY) {
            return "processor of the machine (%.0f %% busy), most of it %s"
                            .formatted(run.processor().machineBusyShare() * 100, top())
                    + (run.processor().unseen().isEmpty() ? "" : ", as far as it is seen");
        }
        var pools = services().stream()
                .filter(service -> acquireMillis(service) > SLOW_MILLIS)
                .toList();
        if (!pools.isEmpty()) return "database connections of " + pools;
        double wait = run.metrics().mean("order-service", "group_commit_wait_seconds", ".placement") * MILLI;
        if (wait > SLOW_MILLIS) {
            return "group commit of order-service: %.0f ms in its queue, its one worker writes one batch at a time"
                    .formatted(wait);
        }
        return longestQueue();
    }

    private String longestQueue() {
        return run.queues().stream()
                .filter(queue ->
                        queue.name().startsWith("outbox ") || queue.name().startsWith("lag "))
                .filter(queue -> !queue.name().startsWith("outbox age"))
                .max(Comparator.comparingDouble(Series::max))
                .filter(queue -> queue.max() > run.rate())
                .map(queue -> "%s (up to %.0f waited)".formatted(queue.name(), queue.max()))
                .orElse("no resource was used up (machine %.0f %% busy)"
                        .formatted(run.processor().machineBusyShare() * 100));
    }

    private String top() {
        return processes().stream().limit(2).toList().toString();
    }

    private List<String> processes() {
        return run.processor().processes().stream()
                .map(name -> Map.entry(name, run.processor().cores(name)))
                .filter(entry -> entry.getValue() > NOTABLE_CORES)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(entry -> "%s %.2f".formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    private List<String> services() {
        return run.metrics().services();
    }

    private double acquireMillis(String service) {
        return run.metrics().mean(service, "hikaricp_connections_acquire_seconds", "") * MILLI;
    }

    /** Everything in one line. */
    String text() {
        var parts = new ArrayList<String>();
        parts.add("machine %.0f %%".formatted(run.processor().machineBusyShare() * 100));
        if (!run.processor().unseen().isEmpty())
            parts.add("not seen from here: %s, and what others did"
                    .formatted(run.processor().unseen()));
        if (run.processor().othersCores() > OTHERS)
            parts.add("OTHERS %.2f cores".formatted(run.processor().othersCores()));
        parts.add("cores " + String.join(", ", processes()));
        parts.add("group commit wait %.1f ms, batch %.1f"
                .formatted(
                        run.metrics().mean("order-service", "group_commit_wait_seconds", ".placement") * MILLI,
                        run.metrics().mean("order-service", "group_commit_batch", ".placement")));
        parts.add("inventory batch %.1f in %.1f ms"
                .formatted(
                        run.metrics().mean("inventory-service", "inventory_batch_size", ""),
                        run.metrics().mean("inventory-service", "inventory_batch_time_seconds", "") * MILLI));
        services().stream()
                .filter(service -> acquireMillis(service) > 1)
                .forEach(service ->
                        parts.add("%s waits %.1f ms for a connection".formatted(service, acquireMillis(service))));
        run.queues().stream()
                .filter(queue ->
                        queue.name().startsWith("outbox ") || queue.name().startsWith("lag "))
                .filter(queue -> queue.max() > 10 && !queue.name().contains(" age "))
                .sorted(Comparator.comparingDouble(Series::max).reversed())
                .limit(3)
                .forEach(queue -> parts.add("%s max %.0f".formatted(queue.name(), queue.max())));
        if (!run.trouble().isEmpty()) parts.add("not everything was seen: " + run.trouble());
        parts.addAll(Lateness.warnings(run.figures().operations()));
        return String.join("; ", parts);
    }
}

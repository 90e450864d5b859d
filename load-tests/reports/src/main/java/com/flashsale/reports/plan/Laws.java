package com.flashsale.reports.plan;

import com.flashsale.reports.law.ProcessLaw;
import com.flashsale.reports.result.LimitResult;
import com.flashsale.reports.result.Result;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** F and m of the services, from the capacity laws of the operations that a crowd causes. */
final class Laws {

    private static final List<String> OPERATIONS = List.of("browse", "poll", "join", "settled");
    private static final List<String> SERVICES =
            List.of("gateway", "catalog-service", "waitlist-service", "order-service", "inventory-service");

    private final Map<String, List<ProcessLaw>> processes = new TreeMap<>();

    private Laws() {}

    /** Empty unless each operation has a law with each service: an older result has none. */
    static Optional<Laws> of(Result result) {
        var laws = new Laws();
        for (LimitResult limit : result.findings().limits()) {
            var law = limit.law();
            if (law != null && law.sum() != null) laws.processes.put(limit.operation(), law.processes());
        }
        return OPERATIONS.stream().allMatch(laws::isWhole) ? Optional.of(laws) : Optional.empty();
    }

    private boolean isWhole(String operation) {
        return SERVICES.stream()
                .allMatch(service -> replicas(operation, service).findAny().isPresent());
    }

    /** Replicas share the name of their service. */
    private Stream<ProcessLaw> replicas(String operation, String service) {
        return processes.getOrDefault(operation, List.of()).stream()
                .filter(each -> each.process().equals(service) || each.process().startsWith(service + "-"));
    }

    /** F of one replica, the largest of all operations; one below zero counts as 0. */
    double standingCores(String service) {
        return OPERATIONS.stream()
                .flatMap(operation -> replicas(operation, service))
                .mapToDouble(ProcessLaw::standingCores)
                .max()
                .stream()
                .map(most -> Math.max(0, most))
                .sum();
    }

    /** m of a request, which one of the replicas serves; one below zero counts as 0. */
    double millis(String operation, String service) {
        return Math.max(
                0,
                replicas(operation, service)
                        .mapToDouble(ProcessLaw::millisPerRequest)
                        .sum());
    }
}

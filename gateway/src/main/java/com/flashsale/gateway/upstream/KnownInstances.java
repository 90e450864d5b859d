package com.flashsale.gateway.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.event.HeartbeatEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The instances of each service, as last listed by the registry. A registry that has just come back lists few instances
 * or none until the next heartbeats of the others arrive. For half a minute after such a list the gateway keeps the
 * instances that it knew, until a call of them fails. An instance that leaves a sound list is dropped at once, since it
 * is about to end.
 */
@Component
class KnownInstances {

    private static final Logger log = LoggerFactory.getLogger(KnownInstances.class);

    static final Duration KEPT = Duration.ofSeconds(30);

    /** One entry for each service of the gateway's own table. */
    private final Map<String, Listing> services = new ConcurrentHashMap<>();

    private final DiscoveryClient registry;
    private final LongSupplier nanoTime;
    private volatile long doubtfulUntil;
    private volatile boolean everDoubtful;

    /** @param kept instances that the registry listed before and lists no more */
    private record Listing(List<ServiceInstance> listed, List<ServiceInstance> kept, List<ServiceInstance> all) {}

    @Autowired
    KnownInstances(DiscoveryClient registry) {
        this(registry, System::nanoTime);
    }

    KnownInstances(DiscoveryClient registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    /** The listed instances and those that are kept. */
    @SuppressWarnings(
            "ReferenceEquality") // asked for each request: an equal list costs one more comparison, no wrong answer
    List<ServiceInstance> of(String service, List<ServiceInstance> listed) {
        var before = services.get(service);
        // the load balancer gives out the same list until it asks the registry again
        if (before != null && before.listed() == listed && (before.kept().isEmpty() || isDoubtful()))
            return before.all();
        return services.merge(service, sound(listed), (known, _) -> update(known, listed))
                .all();
    }

    /**
     * The registry answered: looks at all services at once, since one list alone does not tell a scale-down from a
     * loss.
     */
    @EventListener
    void refreshed(HeartbeatEvent event) {
        var before = 0;
        var now = 0;
        for (var service : Set.copyOf(services.keySet())) {
            var known = services.get(service);
            var listed = registry.getInstances(service);
            if (known == null || known.listed().isEmpty()) continue;
            if (listed.isEmpty()) doubt();
            before += known.listed().size();
            now += listed.size();
        }
        if (now * 2 < before) doubt();
    }

    void failed(ServiceInstance instance) {
        services.computeIfPresent(
                instance.getServiceId(),
                (_, known) -> known.kept().isEmpty()
                        ? known
                        : listing(known.listed(), without(known.kept(), Set.of(Instances.address(instance)))));
    }

    private Listing update(Listing known, List<ServiceInstance> listed) {
        if (listed.isEmpty() && !known.listed().isEmpty()) doubt();
        if (!isDoubtful()) return sound(listed);
        return listing(listed, without(known.all(), addresses(listed)));
    }

    private void doubt() {
        if (!isDoubtful()) log.warn("The registry lost instances; those known before are kept for {}", KEPT);
        doubtfulUntil = nanoTime.getAsLong() + KEPT.toNanos();
        everDoubtful = true;
    }

    private boolean isDoubtful() {
        return everDoubtful && nanoTime.getAsLong() - doubtfulUntil < 0;
    }

    private static Listing sound(List<ServiceInstance> listed) {
        return new Listing(listed, List.of(), listed);
    }

    private static Listing listing(List<ServiceInstance> listed, List<ServiceInstance> kept) {
        var all = new ArrayList<>(listed);
        all.addAll(kept);
        return new Listing(listed, kept, List.copyOf(all));
    }

    private static List<ServiceInstance> without(List<ServiceInstance> instances, Set<String> addresses) {
        return instances.stream()
                .filter(instance -> !addresses.contains(Instances.address(instance)))
                .toList();
    }

    private static Set<String> addresses(List<ServiceInstance> instances) {
        return instances.stream().map(Instances::address).collect(Collectors.toSet());
    }
}

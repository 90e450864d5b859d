package com.flashsale.client.topology;

import static com.flashsale.client.topology.ServiceSpec.Need.ADMISSION_KEYS;
import static com.flashsale.client.topology.ServiceSpec.Need.CLIENT_SECRETS;
import static com.flashsale.client.topology.ServiceSpec.Need.DISCOVERY;
import static com.flashsale.client.topology.ServiceSpec.Need.KAFKA;
import static com.flashsale.client.topology.ServiceSpec.Need.PAYMENT;
import static com.flashsale.client.topology.ServiceSpec.Need.REDIS;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The one table of services: names, ports, heaps, databases. In the order in which they stop last to first. */
public final class Services {

    public static final ServiceSpec DISCOVERY_SERVER = new ServiceSpec("discovery", "discovery", 1, 96, null, Set.of());
    public static final ServiceSpec GATEWAY =
            new ServiceSpec("gateway", "gateway", 0, 192, null, Set.of(DISCOVERY, REDIS, ADMISSION_KEYS));
    public static final ServiceSpec AUTH =
            new ServiceSpec("auth-service", "auth-service", 2, 160, "auth", Set.of(DISCOVERY, KAFKA, CLIENT_SECRETS));

    private static final List<ServiceSpec> ALL = List.of(
            DISCOVERY_SERVER,
            AUTH,
            new ServiceSpec("catalog-service", "catalog-service", 3, 160, "catalog", Set.of(DISCOVERY, KAFKA)),
            new ServiceSpec("inventory-service", "inventory-service", 4, 192, "inventory", Set.of(DISCOVERY, KAFKA)),
            new ServiceSpec(
                    "payment-simulator", "infra/payment-simulator", 7, 96, "payment", Set.of(DISCOVERY, PAYMENT)),
            new ServiceSpec(
                    "order-service",
                    "order-service",
                    5,
                    256,
                    "orders",
                    Set.of(DISCOVERY, KAFKA, ADMISSION_KEYS, PAYMENT)),
            new ServiceSpec(
                    "waitlist-service",
                    "waitlist-service",
                    6,
                    192,
                    "waitlist",
                    Set.of(DISCOVERY, KAFKA, REDIS, ADMISSION_KEYS)),
            GATEWAY);

    /** One address on one machine, which others have been told at their start. */
    private static final Set<String> KNOWN_BY_ADDRESS = Set.of("discovery", "gateway", "payment-simulator");

    private Services() {}

    public static List<ServiceSpec> all() {
        return ALL;
    }

    public static Optional<ServiceSpec> named(String name) {
        return ALL.stream().filter(service -> service.name().equals(name)).findFirst();
    }

    /** Its callers ask the registry each time, so replicas may come and go. */
    public static boolean isFoundByRegistry(ServiceSpec service) {
        return !KNOWN_BY_ADDRESS.contains(service.name());
    }

    /** Databases of all services; each is also the name of the role that owns it. */
    public static List<String> databases() {
        return ALL.stream()
                .flatMap(service -> Stream.ofNullable(service.database()))
                .toList();
    }
}

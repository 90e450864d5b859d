package com.flashsale.client.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The number of replicas of each service; a service that is not named runs once. */
public record Replicas(Map<String, Integer> counts) {

    public Replicas {
        counts = Map.copyOf(counts);
    }

    /** Reads {@code order-service=2,inventory-service=2}. */
    public static Replicas parse(String text) {
        var counts = new HashMap<String, Integer>();
        for (var part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            var pair = part.strip().split("=", 2);
            var service = Services.named(pair[0])
                    .orElseThrow(() -> new IllegalArgumentException("there is no service named " + pair[0]));
            if (service.equals(Services.DISCOVERY_SERVER)) {
                throw new IllegalArgumentException("discovery runs once on one machine");
            }
            counts.put(service.name(), pair.length == 2 ? count(pair[1]) : 1);
        }
        return new Replicas(counts);
    }

    private static int count(String text) {
        int count = text.matches("\\d{1,3}") ? Integer.parseInt(text) : 0;
        if (count < 1 || count > Ports.MAX_REPLICAS) {
            throw new IllegalArgumentException("replicas must be 1 to " + Ports.MAX_REPLICAS + ": " + text);
        }
        return count;
    }

    public List<Instance> instances() {
        var instances = new ArrayList<Instance>();
        for (var service : Services.all()) {
            for (int replica = 1; replica <= counts.getOrDefault(service.name(), 1); replica++) {
                instances.add(new Instance(service, replica));
            }
        }
        return List.copyOf(instances);
    }
}

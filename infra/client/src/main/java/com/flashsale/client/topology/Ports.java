package com.flashsale.client.topology;

import java.util.ArrayList;
import java.util.List;

/**
 * Every port of one platform, derived from one base: replica r of service i listens at base + 10 (r - 1) + i and is
 * managed 100 above that; the engines sit at base + 50. Two platforms whose bases are 200 apart never meet.
 */
public record Ports(int base) {

    public static final int DEFAULT_BASE = 8080;
    public static final int MAX_REPLICAS = 4;
    private static final int LOWEST = 1024;
    private static final int SPAN = 150;
    private static final int MANAGEMENT = 100;
    private static final int ENGINES = 50;

    public Ports {
        if (base < LOWEST || base > 65_535 - SPAN) {
            throw new IllegalArgumentException(
                    "port base must be between " + LOWEST + " and " + (65_535 - SPAN) + ": " + base);
        }
    }

    public int of(Instance instance) {
        return base + 10 * (instance.replica() - 1) + instance.service().index();
    }

    public int managementOf(Instance instance) {
        return of(instance) + MANAGEMENT;
    }

    public int gateway() {
        return base;
    }

    public int postgres() {
        return base + ENGINES;
    }

    public int redis() {
        return base + ENGINES + 1;
    }

    public int kafka() {
        return base + ENGINES + 2;
    }

    public int kafkaController() {
        return base + ENGINES + 3;
    }

    /** The control room, beside the engines: it is no service, and stays when the gateway falls. */
    public int controlRoom() {
        return base + ENGINES + 4;
    }

    /** All that must be free before a start. */
    public List<Integer> needed(List<Instance> instances) {
        var ports = new ArrayList<>(List.of(postgres(), redis(), kafka(), kafkaController(), controlRoom()));
        for (var instance : instances) {
            ports.add(of(instance));
            ports.add(managementOf(instance));
        }
        return List.copyOf(ports);
    }
}

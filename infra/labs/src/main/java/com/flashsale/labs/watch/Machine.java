package com.flashsale.labs.watch;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A simulation that can be watched, see docs/simulation.md. */
public enum Machine {
    RESERVATION(
            "inventory-service",
            "com.flashsale.inventory.simulation.ReservationSimulationIT#no_seed_breaks_a_promise",
            20,
            "Real: the listeners, use cases, jobs and SQL of inventory-service on PostgreSQL."
                    + " Simulated: order-service, its customers, Kafka and all clocks."),
    ADMISSION(
            "waitlist-service",
            "com.flashsale.waitlist.simulation.CrowdSimulationIT#no_seed_breaks_a_promise_of_the_waiting_room",
            30,
            "Real: two replicas of waitlist-service on PostgreSQL and Redis, with their Lua scripts."
                    + " Simulated: order-service, inventory-service, the customers, Kafka and all clocks."),
    WAITLIST(
            "waitlist-service",
            "com.flashsale.waitlist.simulation.CrowdSimulationIT#no_seed_breaks_a_promise_of_the_waitlist",
            30,
            ADMISSION.parts);

    private final String module;
    private final String test;
    private final String parts;
    private final int seconds;

    /** @param seconds of a run with the start of its engines, as measured on a small machine */
    Machine(String module, String test, int seconds, String parts) {
        this.module = module;
        this.test = test;
        this.parts = parts;
        this.seconds = seconds;
    }

    /** As the command line takes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    String module() {
        return module;
    }

    String test() {
        return test;
    }

    int seconds() {
        return seconds;
    }

    /** Which parts of a run are the real ones, by the name that a recording gives its machine. */
    static String parts(String machine) {
        return named(machine).map(found -> found.parts).orElse("");
    }

    private static Optional<Machine> named(String machine) {
        return Arrays.stream(values())
                .filter(one -> one.name().equalsIgnoreCase(machine))
                .findFirst();
    }
}

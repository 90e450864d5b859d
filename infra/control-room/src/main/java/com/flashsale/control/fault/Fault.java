package com.flashsale.control.fault;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fault that heals itself.
 *
 * @param name what commands and requests call it
 * @param target the engine or service that it hits
 * @param text what happens, for people
 */
public record Fault(String name, Kind kind, String target, String text) {

    public enum Kind {
        /** SIGKILL; the supervisor starts the process again. */
        KILL,
        /** SIGSTOP, and SIGCONT at the end. */
        FREEZE,
        /** Stopped for half of each tenth of a second. */
        SLOW,
        /** The payment provider declines each new charge. */
        DECLINE,
        /** The last events of Kafka come again. */
        REPEAT
    }

    private static final List<Fault> ALL = Stream.of(
                    kill("order-service"),
                    kill("inventory-service"),
                    kill("waitlist-service"),
                    kill("catalog-service"),
                    kill("auth-service"),
                    kill("payment-simulator"),
                    kill("gateway"),
                    freeze("redis"),
                    freeze("kafka"),
                    freeze("postgresql"),
                    freeze("payment-simulator"),
                    new Fault("slow-postgresql", Kind.SLOW, "postgresql", "PostgreSQL stands still half of the time"),
                    new Fault(
                            "decline-payments",
                            Kind.DECLINE,
                            "payment-simulator",
                            "the provider declines each payment"),
                    new Fault(
                            "repeat-events", Kind.REPEAT, "kafka", "the last events about orders are delivered twice"))
            .toList();

    public static List<Fault> all() {
        return ALL;
    }

    /** Those that need no signal to a process, for a platform that runs elsewhere. */
    public static List<Fault> withoutSignals() {
        return ALL.stream()
                .filter(fault -> fault.kind() == Kind.DECLINE || fault.kind() == Kind.REPEAT)
                .toList();
    }

    public static Optional<Fault> named(String name) {
        return ALL.stream().filter(fault -> fault.name().equals(name)).findFirst();
    }

    /** False for a fault that happens at once. */
    public boolean lasts() {
        return kind != Kind.KILL && kind != Kind.REPEAT;
    }

    private static Fault kill(String service) {
        return new Fault("kill-" + service, Kind.KILL, service, "one replica of " + service + " is killed");
    }

    private static Fault freeze(String target) {
        return new Fault("freeze-" + target, Kind.FREEZE, target, target + " is frozen: it runs, and does not answer");
    }
}

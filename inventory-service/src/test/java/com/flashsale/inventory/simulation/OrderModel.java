package com.flashsale.inventory.simulation;

import static com.flashsale.platform.test.simulation.SimulationRun.mustHold;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** One order as its customer and order-service see it, and which facts may be told of it in which order. */
final class OrderModel {

    private static final Map<String, Set<String>> MAY_FOLLOW = Map.of(
            "nothing", Set.of("held", "refused", "confirmation-refused"),
            "held", Set.of("confirmed", "released", "expired"),
            "expired", Set.of("confirmed", "confirmation-refused"),
            "released", Set.of("confirmation-refused"),
            "refused", Set.of("confirmation-refused"),
            "confirmed", Set.of(),
            "confirmation-refused", Set.of());

    final String name;
    final UUID id;
    final UUID customer;
    final int units;
    boolean paid;
    boolean cancelled;
    private final List<String> told = new ArrayList<>();
    private Instant expiresAt = Instant.MAX;

    OrderModel(String name, UUID id, UUID customer, int units) {
        this.name = name;
        this.id = id;
        this.customer = customer;
        this.units = units;
    }

    String last() {
        return told.isEmpty() ? "nothing" : told.getLast();
    }

    boolean isSettled() {
        return paid || cancelled;
    }

    void heldUntil(Instant time) {
        expiresAt = time;
    }

    void mustBeDue(Instant now, Duration grace) {
        mustHold(!now.isBefore(expiresAt.plus(grace)), "%s expired at %s, before %s + grace", name, now, expiresAt);
    }

    void tell(String fact) {
        mustHold(
                MAY_FOLLOW.getOrDefault(last(), Set.of()).contains(fact),
                "%s was told '%s' after %s: an effect happened twice, or out of order",
                name,
                fact,
                told);
        switch (fact) {
            case "confirmed", "confirmation-refused" -> mustHold(paid, "%s was told '%s' and never paid", name, fact);
            case "released" -> mustHold(cancelled, "%s was released and never cancelled", name);
            default -> {}
        }
        told.add(fact);
    }

    void mustBeAnswered() {
        mustHold(!told.isEmpty(), "%s was placed and never answered", name);
        mustHold(!last().equals("held"), "%s is held for ever", name);
        if (paid) {
            mustHold(
                    Set.of("confirmed", "confirmation-refused").contains(last()),
                    "%s was paid and never answered: %s",
                    name,
                    told);
        }
    }
}

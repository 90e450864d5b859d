package com.flashsale.customers.demo;

/** A condition that a sale has to meet, with the value that was seen. */
public record Condition(String name, boolean holds, String seen) {

    String line() {
        return "  %-9s %-34s %s".formatted(holds ? "OK" : "VIOLATED", name, seen);
    }
}

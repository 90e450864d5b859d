package com.flashsale.launcher.demo;

/** Something that has to be true of a sale, with what was seen. */
public record Condition(String name, boolean holds, String seen) {

    String line() {
        return "  %-9s %-34s %s".formatted(holds ? "OK" : "VIOLATED", name, seen);
    }
}

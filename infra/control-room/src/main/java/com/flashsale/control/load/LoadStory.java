package com.flashsale.control.load;

import java.util.List;
import java.util.Optional;

/**
 * A scenario of the load tests in a size that two cores bear beside the platform.
 *
 * @param name the scenario
 * @param text what the crowd does, for people
 * @param arguments those of {@code ./flashsale load}, the scenario included
 */
public record LoadStory(String name, String text, List<String> arguments) {

    private static final List<LoadStory> ALL = List.of(
            of("smoke", "20 visitors come, join and buy within a second"),
            of("sale-opens", "500 visitors join within a second; one of ten gets a unit"),
            of(
                    "steady",
                    "20 visitors a second browse, join, poll and order for a minute",
                    "--rate",
                    "20",
                    "--for",
                    "60s"),
            of("stampede-after-sold-out", "visitors poll and join although all units are gone"),
            of("retry-storm", "each order comes five times under one key"),
            of("bots", "two accounts send nine of ten requests from thousands of addresses"),
            of("line-holders", "500 visitors wait on an event stream"),
            of("newcomers-buy", "each customer is new, so each token is checked for the first time"),
            of("overload", "for 30 s orders come at ten times the rate that is known to be good"));

    private static LoadStory of(String scenario, String text, String... options) {
        var arguments = new java.util.ArrayList<>(List.of(scenario));
        arguments.addAll(List.of(options));
        return new LoadStory(scenario, text, List.copyOf(arguments));
    }

    public static List<LoadStory> all() {
        return ALL;
    }

    public static Optional<LoadStory> named(String name) {
        return ALL.stream().filter(story -> story.name().equals(name)).findFirst();
    }
}

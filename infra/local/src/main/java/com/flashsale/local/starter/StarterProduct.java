package com.flashsale.local.starter;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * A product of a shop that has just been started, and the terms of its sale.
 *
 * @param picture the name of a file in the gateway's {@code assets/pictures}
 * @param price in euros
 * @param opensIn from its first start
 * @param stockToKeep bands of a sale that needs no successor at the next start
 */
record StarterProduct(
        String name,
        String picture,
        String description,
        String price,
        int units,
        int purchaseLimit,
        Duration opensIn,
        Set<String> stockToKeep) {

    /** Time to sign in and to see the lobby. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final Set<String> ENOUGH = Set.of("PLENTY", "LOW");
    private static final Set<String> ANY_UNIT = Set.of("PLENTY", "LOW", "LAST_FEW");

    /** The first is the one that a start recommends. The others show a waitlist, a lobby and a calendar. */
    static final List<StarterProduct> ALL = List.of(
            new StarterProduct(
                    "Aurora sneaker",
                    "aurora-sneaker",
                    "Limited edition, two pairs for each customer.",
                    "129.00",
                    500,
                    2,
                    SOON,
                    ENOUGH),
            new StarterProduct(
                    "Ember camera",
                    "ember-camera",
                    "Three were made. Late customers can join the waitlist.",
                    "749.00",
                    3,
                    1,
                    SOON,
                    ANY_UNIT),
            new StarterProduct(
                    "Halo headphones",
                    "halo-headphones",
                    "Two hundred pairs. All who wait at the opening take part in the draw.",
                    "249.00",
                    200,
                    1,
                    Duration.ofMinutes(10),
                    ENOUGH),
            new StarterProduct(
                    "Comet watch",
                    "comet-watch",
                    "Fifty pieces, one day from now.",
                    "399.00",
                    50,
                    1,
                    Duration.ofDays(1),
                    ENOUGH));

    boolean isOf(JsonNode sale) {
        return sale.path("productName").asString().equals(name);
    }

    /** Whether this is the product itself: one from before there were pictures is replaced. */
    boolean is(JsonNode product) {
        return product.path("name").asString().equals(name)
                && product.path("picture").asString("").equals(picture);
    }
}

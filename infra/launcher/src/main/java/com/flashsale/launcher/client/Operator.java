package com.flashsale.launcher.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an operator does: put a product on sale, end the sale. */
public final class Operator {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGEST_SALE = Duration.ofHours(1);
    private static final Map<String, String> PRICE = Map.of("amount", "89.90", "currency", "EUR");

    /**
     * @param opensIn the lobby is open until then
     * @param hold how long a unit is set aside for payment
     * @param turn how long a turn waits to be taken
     * @param admission how long an admission can be used
     * @param offer how long an offer from the waitlist can be used
     */
    public record Times(Duration opensIn, Duration hold, Duration turn, Duration admission, Duration offer) {

        /** Opens at once, and waits for people as the platform does by itself. */
        public static Times usual() {
            return new Times(
                    Duration.ZERO,
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5));
        }
    }

    /** @param crowdFactor beyond so many people per unit nobody else is let into the line */
    public record Terms(int units, double crowdFactor, Times times) {}

    private final Api api;
    private final String token;

    public Operator(Api api, String token) {
        this.api = api;
        this.token = token;
    }

    /** Returns the id of a new sale, one unit for each customer. */
    public String openSale(String product, Terms terms) {
        var create = Call.post(
                        "/api/v1/products",
                        Map.of("name", product, "description", "Made by the launcher.", "price", PRICE))
                .as(token);
        var productId =
                api.patiently(create, PATIENCE).require(create).path("id").asString();
        var times = terms.times();
        var opensAt = Instant.now().plus(times.opensIn());
        var sale = new LinkedHashMap<String, Object>();
        sale.put("productId", productId);
        sale.put("price", PRICE);
        sale.put("allotted", terms.units());
        sale.put("purchaseLimit", 1);
        sale.put("opensAt", opensAt.toString());
        sale.put("closesAt", opensAt.plus(LONGEST_SALE).toString());
        sale.put("crowdFactor", terms.crowdFactor());
        sale.put("holdDuration", times.hold().toString());
        sale.put("turnDuration", times.turn().toString());
        sale.put("admissionDuration", times.admission().toString());
        sale.put("offerDuration", times.offer().toString());
        var open = Call.post("/api/v1/sales", sale).as(token);
        return api.patiently(open, PATIENCE).require(open).path("id").asString();
    }

    public void endSale(String saleId) {
        var end = Call.post("/api/v1/sales/" + saleId + "/end", Map.of()).as(token);
        api.patiently(end, PATIENCE).require(end);
    }
}

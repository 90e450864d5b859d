package com.flashsale.client.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** An operator of the shop: puts a product on sale, ends the sale, knows the switches. */
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

    /** @param crowdFactor the customers per unit that the line takes; the service turns away the others */
    public record Terms(int units, double crowdFactor, Times times) {}

    private final Api api;
    private final String token;

    public Operator(Api api, String token) {
        this.api = api;
        this.token = token;
    }

    /** Returns the id of a new sale, one unit for each customer. */
    public String openSale(String product, Terms terms) {
        return open(sale(product, terms));
    }

    /** The same for a sale that the lists do not show: only those who know its id can buy. */
    public String openUnlistedSale(String product, Terms terms) {
        var sale = sale(product, terms);
        sale.put("listed", false);
        return open(sale);
    }

    private String open(Map<String, Object> sale) {
        return createSale(sale).path("id").asString();
    }

    private Map<String, Object> sale(String product, Terms terms) {
        var description = Map.of("name", product, "description", "Sold by ./flashsale.", "price", PRICE);
        var times = terms.times();
        var sale = new LinkedHashMap<String, Object>();
        sale.put("productId", createProduct(description));
        sale.put("price", PRICE);
        sale.put("allotted", terms.units());
        sale.put("purchaseLimit", 1);
        var opensAt = Instant.now().plus(times.opensIn());
        sale.put("opensAt", opensAt.toString());
        sale.put("closesAt", opensAt.plus(LONGEST_SALE).toString());
        sale.put("crowdFactor", terms.crowdFactor());
        sale.put("holdDuration", times.hold().toString());
        sale.put("turnDuration", times.turn().toString());
        sale.put("admissionDuration", times.admission().toString());
        sale.put("offerDuration", times.offer().toString());
        return sale;
    }

    /** Returns the id of the new product. */
    public String createProduct(Map<String, ?> product) {
        var create = Call.post("/api/v1/products", product).as(token);
        return api.patiently(create, PATIENCE).require(create).path("id").asString();
    }

    /** Returns the sale as the catalog shows it. */
    public JsonNode createSale(Map<String, ?> sale) {
        var create = Call.post("/api/v1/sales", sale).as(token);
        return api.patiently(create, PATIENCE).require(create);
    }

    /** The names of the switches that are off. */
    public List<String> switchesOff() {
        var list = Call.get("/api/v1/switches").as(token);
        return api.patiently(list, PATIENCE)
                .require(list)
                .path("switches")
                .valueStream()
                .filter(each -> !each.path("on").asBoolean())
                .map(each -> each.path("name").asString())
                .toList();
    }

    public void endSale(String saleId) {
        var end = Call.post("/api/v1/sales/" + saleId + "/end", Map.of()).as(token);
        api.patiently(end, PATIENCE).require(end);
    }
}

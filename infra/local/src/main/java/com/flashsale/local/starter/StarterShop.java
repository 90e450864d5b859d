package com.flashsale.local.starter;

import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.MachineTokens;
import com.flashsale.client.api.Operator;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts a few products with pictures on sale, except those whose last sale still has units and time. A platform with
 * kept data is asked first, so a second start shows the same sales.
 */
public final class StarterShop {

    /** A sale that opens later than its product may, and by more than this, was made by an operator. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private static final Duration STAYS_OPEN = Duration.ofDays(30);

    /** A sale that ends sooner is followed by a new one. */
    private static final Duration SHORTEST_REST = Duration.ofDays(1);

    private static final List<String> BUYABLE = List.of("OPEN", "SCHEDULED");
    private static final int PAGE = 100;
    private static final int MOST_PAGES = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Api api;
    private final Operator operator;
    private final String publicUrl;
    private final Clock clock;

    /**
     * @param api the catalog's, behind the gateway or directly
     * @param publicUrl where customers find the shop
     */
    StarterShop(Api api, Operator operator, String publicUrl, Clock clock) {
        this.api = api;
        this.operator = operator;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /**
     * Describes the present sale of a running platform in one line. A platform without a sale still works: then the
     * line says why there is none.
     */
    public static String tellOf(Context context) {
        try (var gateway = new Api(context.gatewayUrl())) {
            return sale(context, gateway, gateway);
        } catch (UnexpectedAnswer refused) {
            return "nothing, because " + refused.getMessage();
        }
    }

    /** The same before the gateway runs: the services themselves are asked. A refusal is an exception. */
    public static String tellOf(Context context, PlatformState platform) {
        try (var auth = new Api(platform.urlOf("auth-service"));
                var catalog = new Api(platform.urlOf("catalog-service"))) {
            return sale(context, auth, catalog);
        }
    }

    private static String sale(Context context, Api auth, Api catalog) {
        var token = new MachineTokens(auth).of("operator", context.secrets().password("client.operator"));
        var operator = new Operator(catalog, token);
        var shop = new StarterShop(catalog, operator, context.gatewayUrl(), Clock.systemUTC());
        return shop.saleToBuyFrom().text(Instant.now());
    }

    /** The sale of the first product, after all products have one. */
    StarterSale saleToBuyFrom() {
        var standing = standing();
        var sales = StarterProduct.ALL.stream()
                .map(product -> standing.stream()
                        .filter(sale -> fits(sale, product))
                        .findFirst()
                        .orElseGet(() -> opened(product)))
                .toList();
        return sale(sales.getFirst());
    }

    /** The sales of the starter products, in the order of {@link #BUYABLE}; no more pages are read than a few. */
    private List<JsonNode> standing() {
        var found = new ArrayList<JsonNode>();
        for (var state : BUYABLE) {
            var path = "/api/v1/sales?state=" + state + "&limit=" + PAGE;
            var cursor = "";
            for (int page = 0; page < MOST_PAGES; page++) {
                var answer = get(cursor.isEmpty() ? path : path + "&cursor=" + encoded(cursor));
                for (var sale : answer.path("items")) {
                    if (StarterProduct.ALL.stream().anyMatch(product -> product.isOf(sale))) found.add(sale);
                }
                cursor = answer.path("nextCursor").asString("");
                if (cursor.isEmpty()) break;
            }
        }
        return found;
    }

    private boolean fits(JsonNode sale, StarterProduct product) {
        var now = clock.instant();
        return product.isOf(sale)
                && product.stockToKeep().contains(sale.path("stock").asString())
                && time(sale, "opensAt").isBefore(now.plus(product.opensIn()).plus(LATER))
                && time(sale, "closesAt").isAfter(now.plus(SHORTEST_REST))
                && product.is(get("/api/v1/products/" + sale.path("productId").asString()));
    }

    private JsonNode opened(StarterProduct product) {
        var opensAt = clock.instant().plus(product.opensIn());
        var sale = new LinkedHashMap<String, Object>();
        sale.put("productId", idOf(product));
        sale.put("price", priceOf(product));
        sale.put("allotted", product.units());
        sale.put("purchaseLimit", product.purchaseLimit());
        sale.put("opensAt", opensAt.toString());
        sale.put("closesAt", opensAt.plus(STAYS_OPEN).toString());
        return operator.createSale(sale);
    }

    private String idOf(StarterProduct product) {
        @Nullable String known = null;
        for (var one : get("/api/v1/products?q=" + encoded(product.name()) + "&limit=" + PAGE)
                .path("items")) {
            if (product.is(one)) known = one.path("id").asString();
        }
        if (known != null) return known;
        return operator.createProduct(Map.of(
                "name", product.name(),
                "description", product.description(),
                "price", priceOf(product),
                "picture", product.picture()));
    }

    private static Map<String, String> priceOf(StarterProduct product) {
        return Map.of("amount", product.price(), "currency", "EUR");
    }

    private StarterSale sale(JsonNode sale) {
        var id = sale.path("id").asString();
        return new StarterSale(id, StarterProduct.ALL.getFirst().name(), time(sale, "opensAt"), publicUrl + "/s/" + id);
    }

    private JsonNode get(String path) {
        var call = Call.get(path);
        return api.patiently(call, PATIENCE).require(call);
    }

    private static Instant time(JsonNode sale, String field) {
        return Instant.parse(sale.path(field).asString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

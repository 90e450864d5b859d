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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Puts one product with a picture on sale, unless its last sale still has units and time. A platform with kept data is
 * asked first, so a second start shows the same sale.
 */
public final class StarterShop {

    private static final String NAME = "Aurora sneaker";
    private static final String PICTURE = "aurora-sneaker";
    private static final String DESCRIPTION = "Limited edition, two pairs for each customer.";
    private static final Map<String, String> PRICE = Map.of("amount", "129.00", "currency", "EUR");
    private static final int UNITS = 500;
    private static final int PURCHASE_LIMIT = 2;

    /** Time to sign in and to see the lobby. */
    private static final Duration OPENS_IN = Duration.ofSeconds(30);

    private static final Duration LONGEST_LOBBY = Duration.ofMinutes(1);
    private static final Duration STAYS_OPEN = Duration.ofDays(30);

    /** A sale that ends sooner is followed by a new one. */
    private static final Duration SHORTEST_REST = Duration.ofDays(1);

    private static final Set<String> ENOUGH = Set.of("PLENTY", "LOW");
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

    StarterSale saleToBuyFrom() {
        return sale(standing().orElseGet(this::opened));
    }

    private Optional<JsonNode> standing() {
        return BUYABLE.stream().flatMap(state -> sale(state).stream()).findFirst();
    }

    /** A sale of this state that fits; beyond the pages that are read, a new sale is made. */
    private Optional<JsonNode> sale(String state) {
        var path = "/api/v1/sales?state=" + state + "&limit=" + PAGE;
        var cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            var answer = get(cursor.isEmpty() ? path : path + "&cursor=" + encoded(cursor));
            for (var sale : answer.path("items")) {
                if (fits(sale)) return Optional.of(sale);
            }
            cursor = answer.path("nextCursor").asString("");
            if (cursor.isEmpty()) break;
        }
        return Optional.empty();
    }

    private boolean fits(JsonNode sale) {
        var now = clock.instant();
        return sale.path("productName").asString().equals(NAME)
                && ENOUGH.contains(sale.path("stock").asString())
                && time(sale, "opensAt").isBefore(now.plus(LONGEST_LOBBY))
                && time(sale, "closesAt").isAfter(now.plus(SHORTEST_REST))
                && hasPicture(get("/api/v1/products/" + sale.path("productId").asString()));
    }

    private JsonNode opened() {
        var opensAt = clock.instant().plus(OPENS_IN);
        var sale = new LinkedHashMap<String, Object>();
        sale.put("productId", product());
        sale.put("price", PRICE);
        sale.put("allotted", UNITS);
        sale.put("purchaseLimit", PURCHASE_LIMIT);
        sale.put("opensAt", opensAt.toString());
        sale.put("closesAt", opensAt.plus(STAYS_OPEN).toString());
        return operator.createSale(sale);
    }

    private String product() {
        @Nullable String known = null;
        for (var product :
                get("/api/v1/products?q=" + encoded(NAME) + "&limit=" + PAGE).path("items")) {
            if (product.path("name").asString().equals(NAME) && hasPicture(product)) {
                known = product.path("id").asString();
            }
        }
        if (known != null) return known;
        return operator.createProduct(
                Map.of("name", NAME, "description", DESCRIPTION, "price", PRICE, "picture", PICTURE));
    }

    private static boolean hasPicture(JsonNode product) {
        return product.path("picture").asString("").equals(PICTURE);
    }

    private StarterSale sale(JsonNode sale) {
        var id = sale.path("id").asString();
        return new StarterSale(id, NAME, time(sale, "opensAt"), publicUrl + "/s/" + id);
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

package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.systemtests.FuzzRequests.Caller;
import com.flashsale.systemtests.FuzzRequests.Case;
import com.flashsale.systemtests.RawHttp.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Garbage in any place of any request is refused with a 4xx and changes nothing, for the client that sends it and for all others.
 * {@code -Dfuzz.seconds=3600} runs longer, {@code -Dfuzz.seed=N} sends other requests, {@code -Dfuzz.case=I} only one of them.
 */
class FuzzIT {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 60);
    private static final long SEED = Long.getLong("fuzz.seed", 1L);
    private static final Integer ONLY = Integer.getInteger("fuzz.case");
    private static final int MOST_FINDINGS = 20;
    /** At a purchase in a second or two there is one for each moment. */
    private static final int PURCHASES = Math.min(2_000, Math.max(100, SECONDS));

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    final int port = platform.port();

    /** What a request that succeeds makes a row of, and where. */
    private enum Effect {
        ACCOUNT("auth", "select count(*) from account where not synthetic"),
        PRODUCT("catalog", "select count(*) from product"),
        SALE("catalog", "select count(*) from sale"),
        ORDER("orders", "select count(*) from orders"),
        PAYMENT("orders", "select count(*) from payment"),
        ENTRY("waitlist", "select count(*) from waitlist_entry");

        final String database;
        final String count;

        Effect(String database, String count) {
            this.database = database;
            this.count = count;
        }

        static Effect of(Operation operation) {
            return switch (operation.name()) {
                case "POST /api/v1/accounts", "POST /register" -> ACCOUNT;
                case "POST /api/v1/products" -> PRODUCT;
                case "POST /api/v1/sales" -> SALE;
                case "POST /api/v1/orders" -> ORDER;
                case "POST /api/v1/orders/{id}/payments" -> PAYMENT;
                case "POST /api/v1/sales/{saleId}/waitlist-entries" -> ENTRY;
                default -> null;
            };
        }
    }

    @Test
    void garbage_gets_a_4xx_and_changes_nothing_for_anybody() throws Exception {
        var requests = new FuzzRequests(world(), operations(), SEED);
        if (ONLY != null) {
            var findings = new ArrayList<String>();
            send(requests.request(ONLY), findings);
            assertThat(findings).isEmpty();
            return;
        }
        var before = rows();
        var made = new TreeMap<Effect, Integer>();
        var findings = new ArrayList<String>();
        int sent = 0;
        var bystander = new Bystander(platform, shop, PURCHASES);
        try {
            for (var end = Instant.now().plusSeconds(SECONDS); Instant.now().isBefore(end); sent++) {
                var request = requests.request(sent);
                var status = send(request, findings);
                var effect = Effect.of(request.operation());
                if (effect != null && status >= 200 && status < 400) made.merge(effect, 1, Integer::sum);
                if (findings.size() >= MOST_FINDINGS) break;
            }
        } finally {
            bystander.stop();
        }
        made.merge(Effect.ORDER, bystander.purchases(), Integer::sum);
        made.merge(Effect.PAYMENT, bystander.purchases(), Integer::sum);
        made.merge(Effect.SALE, 1, Integer::sum);
        made.merge(Effect.PRODUCT, 1, Integer::sum);
        System.out.printf(
                "fuzz      seed %d, %d requests, %d purchases beside them%n", SEED, sent, bystander.purchases());
        assertThat(findings).as("requests with a wrong answer").isEmpty();
        assertThat(bystander.troubles()).as("failures of another customer").isEmpty();
        assertThat(bystander.purchases()).isPositive();
        rows().forEach((effect, count) -> assertThat(count - before.get(effect))
                .as("rows of %s are no more than requests that succeeded", effect)
                .isLessThanOrEqualTo(made.getOrDefault(effect, 0)));
        assertThat(sent).isGreaterThan(SECONDS);
    }

    private List<Operation> operations() {
        // these two would take the platform away from the tests that follow
        return Operation.all(shop.api).stream()
                .filter(operation -> !operation.name().equals("DELETE /api/v1/synthetic-shoppers"))
                .filter(operation -> !operation.path().equals("/api/v1/signing-keys/rotation"))
                .toList();
    }

    private FuzzRequests.World world() {
        var ada = shop.shopper();
        var sale = shop.openSale(50, Map.of("purchaseLimit", 2));
        var order = shop.reservedOrder(ada, sale);
        var ids = List.of(sale, order, UUID.randomUUID().toString());
        var callers = List.of(
                new Caller("nobody", ""),
                new Caller("the owner", ada.token()),
                new Caller("another customer", shop.shopper().token()),
                new Caller("the operator", shop.operator()),
                new Caller("the load test", platform.machineToken("load-test")));
        return new FuzzRequests.World(ids, callers);
    }

    /** Sends it, and once more when the answer is an error of the server: a machine that was busy for a moment is no finding. */
    private int send(Case request, List<String> findings) {
        var trouble = "";
        int status = 0;
        for (int attempt = 1; attempt <= 2; attempt++) {
            try (var connection = RawHttp.connect(request.source(), port)) {
                connection.send(request.bytes());
                var response = connection.read(request.head());
                status = response.status();
                trouble = trouble(request, response);
            } catch (IOException e) {
                trouble = e.toString();
            }
            if (trouble.isEmpty()) return status;
        }
        findings.add(trouble + "\n" + request);
        return status;
    }

    private static String trouble(Case request, Response response) {
        if (response.status() >= 500 && response.status() != 501) return response.status() + " " + response.text();
        if (response.text().contains("Exception") || response.text().contains("at com."))
            return "tells its insides: " + response.text();
        boolean api = new String(request.bytes(), java.nio.charset.StandardCharsets.ISO_8859_1)
                .split(" ", 3)[1].startsWith("/api/");
        if (response.status() < 400 || !api || request.head()) return "";
        // chunks that are none are found below the level of requests: the connection ends with a bare 400
        if (response.status() == 400 && response.body().length == 0 && request.isChunked()) return "";
        if (!response.header("content-type").startsWith("application/problem+json")) {
            return response.status() + " without a problem document: " + response.headers();
        }
        var problem = Api.JSON.readTree(response.body());
        boolean whole = problem.path("status").asInt() == response.status()
                && !problem.path("type").asString("").isEmpty()
                && !problem.path("code").asString("").isEmpty()
                && problem.path("traceId").asString("").length() == 32;
        return whole ? "" : "half a problem document: " + response.text();
    }

    private Map<Effect, Integer> rows() throws Exception {
        var rows = new TreeMap<Effect, Integer>();
        for (var effect : Effect.values()) {
            try (var connection = platform.database(effect.database);
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(effect.count)) {
                row.next();
                rows.put(effect, row.getInt(1));
            }
        }
        return rows;
    }
}

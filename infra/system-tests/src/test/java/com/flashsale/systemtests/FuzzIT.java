package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.systemtests.FuzzRequests.Caller;
import com.flashsale.systemtests.FuzzRequests.Case;
import com.flashsale.systemtests.RawHttp.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Garbage in any place of any request is refused with a 4xx and changes nothing, for the client that sends it and for
 * all others. {@code -Dfuzz.seconds=3600} runs longer, {@code -Dfuzz.threads=4} sends more at once,
 * {@code -Dfuzz.seed=N} sends other requests, {@code -Dfuzz.case=I} only one of them.
 */
class FuzzIT {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 60);
    private static final long SEED = Long.getLong("fuzz.seed", 1L);
    private static final Integer ONLY = Integer.getInteger("fuzz.case");
    private static final int THREADS = Integer.getInteger("fuzz.threads", 1);
    private static final int MOST_FINDINGS = 20;
    private static final Duration ROUND = Duration.ofMinutes(4);

    /** Enough for a purchase in each second of a round. */
    private static final int PURCHASES = 250;

    private static final Set<Integer> BUSY = Set.of(503, 504);
    private static final int TRIES = 2;
    private static final int TRIES_WHILE_BUSY = 10;
    private static final Duration REST = Duration.ofSeconds(1);

    final RunningPlatform platform = RunningPlatform.shared();
    final int port = platform.port();

    private final List<String> findings = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Map<Effect, Integer> made = new ConcurrentHashMap<>();
    private int purchases;
    private Shop shop = platform.shop();

    /** The rows that a successful request creates, with their database and counting query. */
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
        if (ONLY != null) {
            send(new FuzzRequests(world(), operations(), SEED).request(ONLY));
            assertThat(findings).isEmpty();
            return;
        }
        var before = rows();
        int sent = 0;
        var end = Instant.now().plusSeconds(SECONDS);
        while (Instant.now().isBefore(end) && findings.size() < MOST_FINDINGS) sent = round(sent, end);

        System.out.printf("fuzz      seed %d, %d requests, %d purchases beside them%n", SEED, sent, purchases);
        assertThat(findings).as("requests with a wrong answer").isEmpty();
        assertThat(troubles).as("failures of another customer").isEmpty();
        assertThat(purchases).isPositive();
        rows().forEach((effect, count) -> assertThat(count - before.get(effect))
                .as("rows of %s are no more than requests that succeeded", effect)
                .isLessThanOrEqualTo(made.getOrDefault(effect, 0)));
        assertThat(sent).isGreaterThan(SECONDS);
    }

    /**
     * Tokens live for ten minutes, so a round has tokens, a sale and a bystander of its own. Returns the number of the
     * next request.
     */
    private int round(int first, Instant end) throws Exception {
        shop = platform.shop();
        var requests = new FuzzRequests(world(), operations(), SEED);
        made.merge(Effect.ORDER, 1, Integer::sum);
        made.merge(Effect.SALE, 2, Integer::sum);
        made.merge(Effect.PRODUCT, 2, Integer::sum);
        var next = new AtomicInteger(first);
        var bystander = new Bystander(platform, shop, PURCHASES);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var roundEnd = Instant.now().plus(ROUND);
            var stop = roundEnd.isBefore(end) ? roundEnd : end;
            for (int i = 0; i < THREADS; i++) {
                var _ = threads.submit(() -> {
                    while (Instant.now().isBefore(stop) && findings.size() < MOST_FINDINGS)
                        send(requests.request(next.getAndIncrement()));
                });
            }
        } finally {
            bystander.stop();
        }
        purchases += bystander.purchases();
        troubles.addAll(bystander.troubles());
        made.merge(Effect.ORDER, bystander.purchases(), Integer::sum);
        made.merge(Effect.PAYMENT, bystander.purchases(), Integer::sum);
        return next.get();
    }

    private List<Operation> operations() {
        // these three would take the platform away from the tests that follow
        return Operation.all(shop.api).stream()
                .filter(operation -> !operation.name().equals("DELETE /api/v1/synthetic-shoppers"))
                .filter(operation -> !operation.path().equals("/api/v1/signing-keys/rotation"))
                .filter(operation -> !operation.name().equals("PUT /api/v1/switches/{name}"))
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

    /** Sends it, and again after an error of the server: a machine that is busy for a moment is no finding. */
    private void send(Case request) {
        var trouble = "";
        int tries = TRIES;
        for (int attempt = 1; attempt <= tries; attempt++) {
            int status = 0;
            try (var connection = RawHttp.connect(request.source(), port)) {
                connection.send(request.bytes());
                var response = connection.read(request.head());
                status = response.status();
                trouble = trouble(request, response);
            } catch (IOException | RuntimeException e) {
                trouble = e.toString();
            }
            // after a timeout of the gateway the service may have done what it was asked
            var effect = Effect.of(request.operation());
            if (effect != null && (status / 100 == 2 || status / 100 == 3 || BUSY.contains(status)))
                made.merge(effect, 1, Integer::sum);
            if (trouble.isEmpty()) return;
            if (BUSY.contains(status)) {
                tries = TRIES_WHILE_BUSY;
                LockSupport.parkNanos(REST.toNanos());
            }
        }
        findings.add(trouble + "\n" + request);
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

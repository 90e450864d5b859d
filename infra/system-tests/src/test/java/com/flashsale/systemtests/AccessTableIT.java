package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The answer of every public operation to every kind of caller, in one table: {@code access.txt}. The operations come
 * from the OpenAPI documents, so that an operation without a row fails here.
 */
class AccessTableIT {

    private static final List<String> CALLERS = List.of("anonymous", "other", "operator", "load-test", "owner");

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();
    final Admissions admissions = new Admissions("k1:" + platform.secret("admission-key.k1"));

    final Map<String, String> tokens = new LinkedHashMap<>();
    final Shopper owner = shopper("ada@demo.example");
    final String open = shop.openSale(50, Map.of("purchaseLimit", 5));
    final String soldOut = shop.openSale(1);
    final String steered = shop.openSale(1);
    final String order = shop.reservedOrder(owner, open);
    final String product = shop.api.get("/api/v1/sales/" + open).is(200).text("productId");
    String entry = "";
    String ticket = "";

    private Shopper shopper(String email) {
        var result = platform.command().run("token", email);
        assertThat(result.exitCode()).as(result.output()).isZero();
        var token = result.output().strip();
        var claims = new String(java.util.Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        return new Shopper(Api.JSON.readTree(claims).path("sub").asString(), token);
    }

    @Test
    void every_operation_answers_every_caller_as_the_table_says() throws IOException {
        prepare();
        var expected = table();
        var actual = new TreeMap<String, List<String>>();
        for (var operation : Operation.all(shop.api)) {
            var row = new ArrayList<String>();
            for (var caller : CALLERS) row.add(answer(operation, caller));
            actual.put(operation.name(), row);
        }
        // what the platform answers, in the form of the table: for an operation that is new
        Files.writeString(Files.createDirectories(Path.of("target")).resolve("access.txt"), text(actual));
        assertThat(text(actual)).isEqualTo(text(expected));
    }

    private void prepare() {
        tokens.put("anonymous", "");
        tokens.put("other", shopper("bob@demo.example").token());
        tokens.put("operator", shop.operator());
        tokens.put("load-test", platform.machineToken("load-test"));
        tokens.put("owner", owner.token());
        ticket = shop.join(owner, open).is(201).text("ticket");
        shop.reservedOrder(shop.shopper(), soldOut);
        entry = Awaitility.await()
                .atMost(Shop.PATIENCE)
                .until(
                        () -> shop.api.post("/api/v1/sales/" + soldOut + "/waitlist-entries", owner.token(), Map.of()),
                        it -> it.status() == 201)
                .text("id");
    }

    /**
     * Rows of operation and answers; a row without answers for a caller, or a caller without a column, does not compare
     * equal.
     */
    private static Map<String, List<String>> table() throws IOException {
        var rows = new TreeMap<String, List<String>>();
        try (var file = AccessTableIT.class.getResourceAsStream("/access.txt")) {
            for (var line : new String(java.util.Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.isBlank() || line.startsWith("#")) continue;
                var cells = line.split("\\|");
                rows.put(
                        cells[0].strip(),
                        java.util.Arrays.stream(cells)
                                .skip(1)
                                .map(String::strip)
                                .toList());
            }
        }
        return rows;
    }

    private static String text(Map<String, List<String>> rows) {
        var text = new StringBuilder();
        rows.forEach((operation, answers) -> {
            text.append("%-52s".formatted(operation));
            answers.forEach(answer -> text.append("| %-25s".formatted(answer)));
            text.append('\n');
        });
        return text.toString();
    }

    /** The status and, of a refusal, its code. */
    private String answer(Operation operation, String caller) throws IOException {
        try (var connection = RawHttp.connect("127.0.0.3", platform.port())) {
            connection.send(request(operation, java.util.Objects.requireNonNull(tokens.get(caller))));
            var response = connection.read(false);
            if (response.status() < 400) return String.valueOf(response.status());
            var name = response.header("content-type").contains("json")
                    ? Api.JSON.readTree(response.body()).path("code").asString("")
                    : "";
            return (response.status() + " " + name).strip();
        }
    }

    private byte[] request(Operation operation, String token) {
        var body = body(operation);
        var type = operation.form() ? "application/x-www-form-urlencoded" : "application/json";
        return ("%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s%sContent-Length: %d\r\n\r\n%s"
                        .formatted(
                                operation.method(),
                                path(operation),
                                token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n",
                                operation.method().startsWith("P")
                                        ? "Content-Type: " + type + "\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n"
                                        : "",
                                body.length(),
                                body))
                .getBytes(StandardCharsets.UTF_8);
    }

    private String path(Operation operation) {
        var path = operation.path();
        if (path.startsWith("/api/v1/orders")) return path.replace("{id}", order);
        if (path.startsWith("/api/v1/waitlist-entries")) return path.replace("{id}", entry);
        if (path.startsWith("/api/v1/accounts")) return path.replace("{id}", owner.id());
        if (path.startsWith("/api/v1/switches")) return path.replace("{name}", "payments");
        if (path.startsWith("/api/v1/products")) return path.replace("{id}", product);
        if (path.endsWith("/waitlist-entries")) return path.replace("{saleId}", soldOut);
        if (path.matches(".*/(pause|resume|end)")) return path.replace("{id}", steered);
        return path.replace("{saleId}", open).replace("{id}", open);
    }

    private String body(Operation operation) {
        var later = java.time.Instant.now().plusSeconds(600);
        var price = Map.of("amount", "9.90", "currency", "EUR");
        return switch (operation.name()) {
            case "POST /api/v1/orders" ->
                json(Map.of("saleId", open, "quantity", 1, "admission", admissions.of(owner, open)));
            case "POST /api/v1/orders/{id}/payments" -> json(Map.of("paymentMethod", "test-decline"));
            case "POST /api/v1/sales/{saleId}/admissions" -> json(Map.of("ticket", ticket));
            case "POST /api/v1/sales/{saleId}/queue-tickets", "POST /api/v1/sales/{saleId}/waitlist-entries" -> "{}";
            case "PUT /api/v1/switches/{name}" -> json(Map.of("on", true));
            case "PUT /api/v1/sales/{id}/admission-pace" -> json(Map.of("admissionsPerSecond", 500));
            case "POST /api/v1/products" -> json(Map.of("name", "A", "description", "B", "price", price));
            case "POST /api/v1/sales" ->
                json(Map.of(
                        "productId",
                        product,
                        "price",
                        price,
                        "allotted",
                        1,
                        "purchaseLimit",
                        1,
                        "opensAt",
                        later.toString(),
                        "closesAt",
                        later.plusSeconds(60).toString()));
            case "POST /api/v1/accounts" ->
                json(Map.of("email", UUID.randomUUID() + "@example.com", "password", "correct horse battery"));
            case "POST /api/v1/synthetic-shoppers" -> json(Map.of("count", 1));
            default -> "";
        };
    }

    private static String json(Object body) {
        return Api.JSON.writeValueAsString(body);
    }
}

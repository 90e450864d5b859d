package com.flashsale.load.gatling;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prepares a scenario: a sale and shoppers, made through the public API by the two machine clients. */
final class Shop {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String gateway;
    private final String operator;
    private final String loadTest;

    private Shop(String gateway, String operator, String loadTest) {
        this.gateway = gateway;
        this.operator = operator;
        this.loadTest = loadTest;
    }

    /** From the environment: FLASHSALE_GATEWAY, FLASHSALE_OPERATOR_TOKEN, FLASHSALE_LOAD_TEST_TOKEN. */
    static Shop ofEnvironment() {
        return new Shop(
                System.getenv().getOrDefault("FLASHSALE_GATEWAY", "http://localhost:8080"),
                required("FLASHSALE_OPERATOR_TOKEN", "operator"),
                required("FLASHSALE_LOAD_TEST_TOKEN", "load-test"));
    }

    private static String required(String variable, String client) {
        var value = System.getenv(variable);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    variable + " is not set; ./flashsale token --client " + client + " prints one");
        }
        return value;
    }

    String gateway() {
        return gateway;
    }

    String openSale(int units) {
        var price = Map.of("amount", "79.90", "currency", "EUR");
        var product = post(
                        "/api/v1/products",
                        operator,
                        Map.of("name", "Aurora Sneaker", "description", "One colour, one run.", "price", price))
                .path("id")
                .asString();
        var sale = Map.of(
                "productId",
                product,
                "price",
                price,
                "allotted",
                units,
                "purchaseLimit",
                1,
                "opensAt",
                Instant.now().toString(),
                "closesAt",
                Instant.now().plus(Duration.ofHours(1)).toString());
        return post("/api/v1/sales", operator, sale).path("id").asString();
    }

    List<Map<String, Object>> shoppers(int count) {
        return post("/api/v1/synthetic-shoppers", loadTest, Map.of("count", count))
                .path("items")
                .valueStream()
                .map(shopper -> Map.<String, Object>of(
                        "token", shopper.path("accessToken").asString()))
                .toList();
    }

    private JsonNode post(String path, String token, Object body) {
        var request = HttpRequest.newBuilder(URI.create(gateway + path))
                .timeout(TIMEOUT)
                .header("authorization", "Bearer " + token)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() != 201) {
                throw new IllegalStateException(
                        path + " answered " + response.statusCode() + " " + new String(response.body()));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(gateway + " cannot be reached; is the platform up?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package com.flashsale.payment;

import com.flashsale.platform.test.TestSecrets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The provider as its merchant calls it. */
public final class ProviderClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int ATTEMPTS = 20;

    private final RestTestClient http;

    private ProviderClient(int port, String authorization, Duration patience) {
        var connections = new JdkClientHttpRequestFactory();
        connections.setReadTimeout(patience);
        var client = RestTestClient.bindToServer(connections).baseUrl("http://localhost:" + port);
        this.http = (authorization == null ? client : client.defaultHeader(HttpHeaders.AUTHORIZATION, authorization))
                .build();
    }

    public static ProviderClient on(int port) {
        return impatient(port, PATIENCE);
    }

    public static ProviderClient impatient(int port, Duration patience) {
        return new ProviderClient(port, "Bearer " + TestSecrets.PAYMENT_KEY, patience);
    }

    public static ProviderClient withAuthorization(int port, String authorization) {
        return new ProviderClient(port, authorization, PATIENCE);
    }

    public ResponseSpec charge(String key, UUID order, String amount, String method) {
        return post(
                key,
                Map.of(
                        "orderId", order,
                        "amount", Map.of("amount", amount, "currency", "EUR"),
                        "paymentMethod", method));
    }

    /** The same for a load test of the merchant. */
    public ResponseSpec chargeIn(String loadTest, String key, UUID order) {
        var body = Map.of(
                "orderId",
                order,
                "amount",
                Map.of("amount", "1.00", "currency", "EUR"),
                "paymentMethod",
                "test-approve");
        return http.post()
                .uri("/v1/charges")
                .contentType(MediaType.APPLICATION_JSON)
                .header("Idempotency-Key", key)
                .header("X-Load-Test", loadTest)
                .body(body)
                .exchange();
    }

    public ResponseSpec declines(Object body) {
        return http.put()
                .uri("/v1/faults/declines")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    public JsonNode loadTest(String run) {
        return json(http.get().uri("/v1/load-tests/{run}", run).exchange());
    }

    public JsonNode removeLoadTest(String run) {
        return json(http.delete().uri("/v1/load-tests/{run}", run).exchange());
    }

    public ResponseSpec post(String key, Object body) {
        var request = http.post().uri("/v1/charges").contentType(MediaType.APPLICATION_JSON);
        return (key == null ? request : request.header("Idempotency-Key", key))
                .body(body)
                .exchange();
    }

    public ResponseSpec charge(String key) {
        return http.get().uri("/v1/charges/{key}", key).exchange();
    }

    public ResponseSpec refund(String key) {
        return http.post().uri("/v1/charges/{key}/refund", key).exchange();
    }

    public JsonNode ledgerOf(UUID order) {
        return json(ledger("?orderId=" + order)).get("items");
    }

    public ResponseSpec ledger(String query) {
        return http.get().uri("/v1/ledger" + query).exchange();
    }

    /** Repeats a request that gets a 503: in a race the database may be busy for a moment. */
    public static EntityExchangeResult<JsonNode> patiently(Supplier<ResponseSpec> request) {
        var answer = request.get().expectBody(JsonNode.class).returnResult();
        for (int i = 1; i < ATTEMPTS && answer.getStatus().value() == 503; i++) {
            answer = request.get().expectBody(JsonNode.class).returnResult();
        }
        return answer;
    }

    public static JsonNode json(ResponseSpec answer) {
        return answer.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}

package com.flashsale.catalog;

import com.flashsale.platform.test.TestTokens;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import tools.jackson.databind.JsonNode;

/** The catalog as its callers use it; changes are made as an operator unless said otherwise. */
public final class CatalogClient {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int ATTEMPTS = 20;

    private final RestTestClient http;
    private final String token;
    private final String loadTest;

    private CatalogClient(RestTestClient http, String token, String loadTest) {
        this.http = http;
        this.token = token;
        this.loadTest = loadTest;
    }

    public static CatalogClient on(int port) {
        var connections = new JdkClientHttpRequestFactory();
        connections.setReadTimeout(PATIENCE);
        var http = RestTestClient.bindToServer(connections)
                .baseUrl("http://localhost:" + port)
                .build();
        return new CatalogClient(http, TestTokens.operator(), null);
    }

    /** The same with another token; null for none. */
    public CatalogClient as(String otherToken) {
        return new CatalogClient(http, otherToken, loadTest);
    }

    /** The same as a load test. */
    public CatalogClient in(String run) {
        return new CatalogClient(http, TestTokens.loadTest(), run);
    }

    public ResponseSpec get(String uri, Object... variables) {
        return http.get().uri(uri, variables).exchange();
    }

    public ResponseSpec getAs(String otherToken, String uri) {
        return http.get()
                .uri(uri)
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + otherToken)
                .exchange();
    }

    public ResponseSpec getIfChanged(String etag, String uri, Object... variables) {
        return http.get()
                .uri(uri, variables)
                .header(HttpHeaders.IF_NONE_MATCH, etag)
                .exchange();
    }

    public ResponseSpec post(String uri, Object body) {
        return post(uri, body, null);
    }

    public ResponseSpec post(String uri, Object body, String idempotencyKey) {
        return send(HttpMethod.POST, uri, body, idempotencyKey);
    }

    public ResponseSpec put(String uri, Object body) {
        return put(uri, body, null);
    }

    public ResponseSpec put(String uri, Object body, String idempotencyKey) {
        return send(HttpMethod.PUT, uri, body, idempotencyKey);
    }

    private ResponseSpec send(HttpMethod method, String uri, Object body, String idempotencyKey) {
        var request = http.method(method).uri(uri).contentType(MediaType.APPLICATION_JSON);
        if (token != null) request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        if (idempotencyKey != null) request.header("Idempotency-Key", idempotencyKey);
        if (loadTest != null) request.header("X-Load-Test", loadTest);
        return request.body(body).exchange();
    }

    public ResponseSpec post(String uri) {
        return post(uri, "");
    }

    public UUID aProduct() {
        return aProduct("Console", "A thing to play with");
    }

    public UUID aProduct(String name, String description) {
        var body =
                Map.of("name", name, "description", description, "price", Map.of("amount", "89.90", "currency", "EUR"));
        return id(json(post("/api/v1/products", body).expectStatus().isCreated()));
    }

    public UUID sale(Map<String, Object> body) {
        return id(json(post("/api/v1/sales", body).expectStatus().isCreated()));
    }

    public JsonNode sale(UUID id) {
        return json(get("/api/v1/sales/{id}", id).expectStatus().isOk());
    }

    /** Repeats a request that gets a 503: in a race the database may be busy for a moment. */
    public static EntityExchangeResult<JsonNode> patiently(Supplier<ResponseSpec> request) {
        var answer = request.get().expectBody(JsonNode.class).returnResult();
        for (int i = 1; i < ATTEMPTS && answer.getStatus().value() == 503; i++) {
            answer = request.get().expectBody(JsonNode.class).returnResult();
        }
        return answer;
    }

    public static UUID id(JsonNode json) {
        return UUID.fromString(json.get("id").asString());
    }

    public static String codeOf(ResponseSpec answer) {
        return json(answer).get("code").asString();
    }

    public static JsonNode json(ResponseSpec answer) {
        return answer.expectBody(JsonNode.class).returnResult().getResponseBody();
    }
}

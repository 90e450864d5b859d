package com.flashsale.waitlist;

import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.test.TestTokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A customer with a browser. */
public final class AShopper {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final UUID id;
    private final String token;
    private final RestClient http;
    private volatile boolean patient = true;

    public AShopper(int port) {
        this(port, UUID.randomUUID());
    }

    private AShopper(int port, UUID id) {
        this(port, id, TestTokens.shopper(id));
    }

    /** A synthetic customer of a load test. */
    public static AShopper in(String run, int port) {
        var id = UUID.randomUUID();
        return new AShopper(port, id, TestTokens.with(Map.of("sub", id.toString(), "scope", "shop", "load_test", run)));
    }

    private AShopper(int port, UUID id, String token) {
        AnOrderService.listen();
        this.id = id;
        this.token = token;
        this.http = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port + "/api/v1")
                .defaultStatusHandler(HttpStatusCode::isError, (_, _) -> {})
                .build();
    }

    /** The same customer at another replica. */
    public AShopper at(int port) {
        return new AShopper(port, id);
    }

    /** The response: status, headers as far as needed, body. */
    public record Answer(int status, String retryAfter, JsonNode body) {

        public String text(String field) {
            return body.path(field).asString("");
        }

        public long number(String field) {
            return body.path(field).asLong(-1);
        }

        public String state() {
            return text("state");
        }

        public String code() {
            return text("code");
        }
    }

    public UUID id() {
        return id;
    }

    public Answer join(UUID sale) {
        return call(HttpMethod.POST, "/sales/" + sale + "/queue-tickets", null);
    }

    public Answer join(UUID sale, String ticket) {
        return call(HttpMethod.POST, "/sales/" + sale + "/queue-tickets", Map.of("ticket", ticket));
    }

    public Answer mine(UUID sale) {
        return call(HttpMethod.GET, "/sales/" + sale + "/queue-tickets/mine", null);
    }

    public Answer claim(UUID sale, String ticket) {
        return call(HttpMethod.POST, "/sales/" + sale + "/admissions", Map.of("ticket", ticket));
    }

    public Answer queue(UUID sale) {
        return call(HttpMethod.GET, "/sales/" + sale + "/queue", null);
    }

    public Answer joinWaitlist(UUID sale) {
        return call(HttpMethod.POST, "/sales/" + sale + "/waitlist-entries", null);
    }

    public Answer joinWaitlist(UUID sale, String ticket) {
        return call(HttpMethod.POST, "/sales/" + sale + "/waitlist-entries", Map.of("ticket", ticket));
    }

    public Answer entry(String id) {
        return call(HttpMethod.GET, "/waitlist-entries/" + id, null);
    }

    public Answer leave(String id) {
        return call(HttpMethod.DELETE, "/waitlist-entries/" + id, null);
    }

    /** Takes a 503 for the answer instead of trying again. */
    public AShopper impatient() {
        patient = false;
        return this;
    }

    /**
     * On a busy machine Redis or a queue may be slow for a moment; a customer then follows the response and tries
     * again.
     */
    public Answer call(HttpMethod method, String path, Object body) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var answer = callOnce(method, path, body);
        while (patient && answer.status() == 503 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
            answer = callOnce(method, path, body);
        }
        return answer;
    }

    private Answer callOnce(HttpMethod method, String path, Object body) {
        var request = http.method(method).uri(path).headers(it -> it.setBearerAuth(token));
        if (body != null) request.body(body);
        return request.exchange((_, response) -> {
            var bytes = response.getBody().readAllBytes();
            return new Answer(
                    response.getStatusCode().value(),
                    response.getHeaders().getFirst("Retry-After"),
                    bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes));
        });
    }

    /** Places an order with this admission and publishes it as order-service would. */
    public UUID order(UUID sale, String admission, int quantity) {
        var order = UUID.randomUUID();
        orderAs(order, sale, admission, quantity);
        return order;
    }

    public void orderAs(UUID order, UUID sale, String admission, int quantity) {
        if (!tryOrder(order, admission)) throw new IllegalStateException("order-service refuses a void admission");
        tellOrder(order, sale, admission, quantity);
    }

    /** Places an order without its event; false if the admission was withdrawn before. */
    public boolean tryOrder(UUID order, String admission) {
        return AnOrderService.place(order, admissionId(admission));
    }

    /** Publishes the event of the order, perhaps late. */
    public void tellOrder(UUID order, UUID sale, String admission, int quantity) {
        var data = Map.of(
                "orderId", order,
                "saleId", sale,
                "customerId", id,
                "quantity", quantity,
                "admissionId", admissionId(admission),
                "placedAt", Instant.now().toString());
        TestKafka.produce("order.order", order.toString(), "com.flashsale.order.order.placed.v1", data);
    }

    public static UUID admissionId(String admission) {
        return UUID.fromString(claims(admission).path("jti").asString());
    }

    public static JsonNode claims(String token) {
        var payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return JSON.readTree(new String(payload, StandardCharsets.UTF_8));
    }
}

package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The explanation as a command, of an order that a customer has paid for. */
class ExplainIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    @Test
    void a_paid_order_is_explained_from_rows_topics_and_logs() {
        var sale = shop.openSale(1);
        var ada = shop.shopper();
        var admission = shop.admission(ada, sale);
        var key = "key-" + UUID.randomUUID();
        var order = shop.order(ada, sale, admission, key).is(202).text("id");
        shop.awaitState(ada, order, "RESERVED");
        shop.pay(ada, order, "test-approve").is(202);
        shop.awaitState(ada, order, "PAID");

        var result = platform.command().run("explain", order, "--json");

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).doesNotContain(admission, key, ada.token());
        var entries = Api.JSON.readTree(result.output()).path("entries");
        assertThat(values(entries, "kind")).contains("DECISION", "ROW", "EVENT", "HANDLED", "LOG");
        assertThat(values(entries, "fact")).contains("order.placed", "reservation.held", "order.paid");
        assertThat(values(entries, "trace")).isNotEmpty();
        assertThat(values(entries, "service"))
                .contains("gateway", "waitlist-service", "order-service", "inventory-service", "payment-simulator");
        // a service may still hear of the payment, and write of it
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertTheControlRoomSaysTheSame(order));
    }

    private void assertTheControlRoomSaysTheSame(String order) {
        var entries = Api.JSON
                .readTree(platform.command().run("explain", order, "--json").output())
                .path("entries");
        var line = platform.command().run("explain", order);
        var text = explainedByTheRoom(order, "text/plain");
        var json = explainedByTheRoom(order, "application/json");
        var page = explainedByTheRoom(order, "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");

        assertThat(line.exitCode()).as(line.output()).isZero();
        assertThat(untimed(line.output())).isEqualTo(untimed(text.body()));
        assertThat(Api.JSON.readTree(json.body()).path("entries")).isEqualTo(entries);
        entries.forEach(
                entry -> assertThat(text.body()).contains(entry.path("what").asString()));
        assertThat(text.headers().firstValue("Content-Type")).contains("text/plain;charset=UTF-8");
        assertThat(text.headers().firstValue("Explanation-Complete")).contains("true");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
    }

    /** An explanation without the time that the reading took. */
    private static String untimed(String explanation) {
        return explanation.replaceAll("read in \\d+ ms", "read");
    }

    private HttpResponse<String> explainedByTheRoom(String order, String accept) {
        var address = URI.create(platform.controlRoom() + "/control/explain?id=" + order);
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address).timeout(PATIENCE).header("Accept", accept);
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_unknown_id_is_a_wrong_usage() {
        var result = platform.command().run("explain", UUID.randomUUID().toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("No service knows this id");
    }

    private static Set<String> values(JsonNode entries, String field) {
        var values = new HashSet<String>();
        entries.forEach(entry -> values.add(entry.path(field).asString("")));
        values.remove("");
        return values;
    }
}

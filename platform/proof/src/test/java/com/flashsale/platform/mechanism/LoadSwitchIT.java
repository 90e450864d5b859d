package com.flashsale.platform.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Load tests stop when the switch is off or cannot be read; real traffic never stops. */
@ServiceTest
class LoadSwitchIT {

    private static final String PATH = "/internal/v1/load-tests";

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    LoadTests loadTests;

    @Autowired
    EventBatches batches;

    @Autowired
    PurgedRuns purged;

    @AfterEach
    void on() {
        turn(true);
        await().until(loadTests::areServed);
    }

    @Test
    void switched_off_nothing_tagged_is_served_and_everything_else_is() {
        var tagged = TestTokens.with(Map.of("scope", "shop", "load_test", "evening-1"));
        assertThat(news(tagged).statusCode()).isEqualTo(200);
        turn(false);
        var refused = news(tagged);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("LOAD_TEST_OFF");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(news(TestTokens.shopper(UUID.randomUUID())).statusCode()).isEqualTo(200);
        turn(true);
        assertThat(news(tagged).statusCode()).isEqualTo(200);
    }

    @Test
    void another_replica_hears_of_it_by_the_database() {
        jdbc.sql("update load_switch set served = false").update();
        await().until(() -> !loadTests.areServed());
        jdbc.sql("update load_switch set served = true").update();
        await().until(loadTests::areServed);
    }

    @Test
    void a_replica_that_cannot_read_the_switch_serves_no_load_test() {
        jdbc.sql("alter table load_switch rename to load_switch_away").update();
        try {
            await().until(() -> !loadTests.areServed());
            var tagged = TestTokens.with(Map.of("scope", "shop", "load_test", "evening-1"));
            assertThat(news(tagged).statusCode()).isEqualTo(503);
            assertThat(news(TestTokens.shopper(UUID.randomUUID())).statusCode()).isEqualTo(200);
        } finally {
            jdbc.sql("alter table load_switch_away rename to load_switch").update();
        }
        await().until(loadTests::areServed);
    }

    @Test
    void only_the_scope_may_turn_it_or_look() {
        for (var token : List.of(TestTokens.operator(), TestTokens.shopper(UUID.randomUUID()))) {
            assertThat(send("PUT", "/switch", token, "{\"served\":false}").statusCode())
                    .isEqualTo(403);
            assertThat(send("POST", "/runs/evening-1/purge", token, "").statusCode())
                    .isEqualTo(403);
            assertThat(send("GET", "", token, "").statusCode()).isEqualTo(403);
        }
        assertThat(loadTests.areServed()).isTrue();
    }

    @Test
    void a_run_is_closed_before_it_is_purged_and_not_while_it_is_served() {
        var run = "busy-" + UUID.randomUUID();
        var tagged = TestTokens.with(Map.of("scope", "shop", "load_test", run));
        assertThat(loadTest("POST", "/runs/" + run + "/purge").body()).contains("LOAD_TEST_NOT_CLOSED");
        assertThat(news(tagged).statusCode()).isEqualTo(200);
        assertThat(loadTest("POST", "/runs/" + run + "/closing").body()).contains("LOAD_TEST_BUSY");
        turn(false);
        assertThat(loadTest("POST", "/runs/" + run + "/closing").statusCode()).isEqualTo(200);
        turn(true);
        assertThat(loadTest("POST", "/runs/" + run + "/purge").statusCode()).isEqualTo(200);
    }

    @Test
    void a_purged_run_stays_purged_for_requests_messages_and_memory() {
        var run = "gone-" + UUID.randomUUID();
        assertThat(loadTest("POST", "/runs/" + run + "/closing").statusCode()).isEqualTo(200);
        var tagged = TestTokens.with(Map.of("scope", "shop", "load_test", run));
        assertThat(news(tagged).body()).contains("LOAD_TEST_PURGED");
        var read = new ArrayList<String>();
        var types = Map.<String, Class<?>>of(ThingListener.TYPE, ThingListener.Counted.class);
        batches.handle(
                "purged",
                List.of(message(run), message("another")),
                types,
                events -> events.stream()
                        .map(event -> String.valueOf(event.loadTest()))
                        .forEach(read::add));
        assertThat(read).containsExactly("another");
        assertThat(purged.told).contains(run);
    }

    private static ConsumerRecord<String, byte[]> message(String run) {
        var message = new ConsumerRecord<>("thing", 0, 0, "k", "{\"key\":\"k\",\"number\":1}".getBytes());
        Map.of(
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_type",
                        ThingListener.TYPE,
                        "ce_subject",
                        "k",
                        "ce_time",
                        "2026-11-22T10:00:00Z",
                        "loadtest",
                        run)
                .forEach((name, value) -> message.headers().add(name, value.getBytes()));
        return message;
    }

    private void turn(boolean served) {
        assertThat(send("PUT", "/switch", TestTokens.loadTest(), "{\"served\":" + served + "}")
                        .statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> loadTest(String method, String path) {
        return send(method, path, TestTokens.loadTest(), "");
    }

    private HttpResponse<String> send(String method, String path, String token, String body) {
        var headers = Map.of("authorization", "Bearer " + token, "content-type", "application/json");
        return new Http(port).send(PATH + path, headers, method, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> news(String token) {
        return new Http(port)
                .send(
                        "/things/news/" + UUID.randomUUID(),
                        Map.of("authorization", "Bearer " + token),
                        "PUT",
                        BodyPublishers.noBody());
    }
}

package com.flashsale.platform.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.groupcommit.GroupCommit;
import com.flashsale.platform.mechanism.ThingListener.Counted;
import com.flashsale.platform.messaging.Event;
import com.flashsale.platform.messaging.EventBatches;
import com.flashsale.platform.observability.WorkContext;
import com.flashsale.platform.outbox.Outbox;
import com.flashsale.platform.outbox.OutboxEvent;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.test.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The origin of a request, followed through outbox, broker and consumer: batches keep the origins of their members
 * apart.
 */
@ServiceTest
class OriginIT {

    static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    static final String PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

    @LocalServerPort
    int port;

    @Autowired
    Outbox outbox;

    @Autowired
    EventBatches batches;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void a_request_of_a_load_test_is_told_as_one() {
        var token = TestTokens.with(Map.of("scope", "shop load-test"));
        var event = told(token, Map.of("X-Load-Test", "evening-1", "traceparent", PARENT));
        assertThat(event.headers()).containsEntry("loadtest", "evening-1").containsEntry("traceparent", PARENT);
    }

    @Test
    void a_synthetic_customers_token_names_the_run_itself() {
        var token = TestTokens.with(Map.of("scope", "shop", "load_test", "evening-2"));
        assertThat(told(token, Map.of()).headers()).containsEntry("loadtest", "evening-2");
    }

    @Test
    void a_caller_without_the_scope_cannot_tag_and_the_next_request_is_not_tagged_either() {
        var customer = TestTokens.shopper(UUID.randomUUID());
        assertThat(told(customer, Map.of("X-Load-Test", "evening-1")).headers()).doesNotContainKey("loadtest");
        var tester = TestTokens.with(Map.of("scope", "shop load-test"));
        assertThat(told(tester, Map.of("X-Load-Test", "evening-1")).headers()).containsKey("loadtest");
        assertThat(told(tester, Map.of()).headers()).doesNotContainKey("loadtest");
    }

    @Test
    void a_tag_that_is_none_is_refused_where_it_would_have_counted() {
        var tester = TestTokens.with(Map.of("scope", "shop load-test"));
        var key = UUID.randomUUID().toString();
        assertThat(tell(key, tester, Map.of("X-Load-Test", "no tag"))).isEqualTo(400);
        assertThat(tell(key, TestTokens.shopper(UUID.randomUUID()), Map.of("X-Load-Test", "no tag")))
                .isEqualTo(200);
    }

    @Test
    void events_appended_together_keep_their_own_origins() {
        var key = UUID.randomUUID().toString();
        var origins = List.of(
                new WorkContext(PARENT, "evening-1"),
                WorkContext.NONE,
                new WorkContext("00-" + "a".repeat(32) + "-00f067aa0ba902b7-00", null),
                new WorkContext(null, "evening-2"));
        transaction.executeWithoutResult(_ -> outbox.append(origins.stream()
                .map(origin -> new OutboxEvent("thing", key, NewsController.TYPE, key, Map.of()).causedBy(origin))
                .toList()));
        await().untilAsserted(() -> assertThat(TestKafka.events("thing", key).stream()
                        .map(event -> new WorkContext(
                                event.traceparent(), event.headers().get("loadtest"))))
                .containsExactlyElementsOf(origins));
    }

    @Test
    void a_consumer_sees_where_each_event_of_its_batch_comes_from() {
        var first = message("00-" + "a".repeat(32) + "-00f067aa0ba902b7-01", "evening-1");
        var second = message("00-" + "b".repeat(32) + "-00f067aa0ba902b7-00", null);
        var seen = new ArrayList<WorkContext>();
        var around = new ArrayList<WorkContext>();
        handle(List.of(first, second, message("rubbish", "no tag")), events -> {
            events.stream().map(Event::origin).forEach(seen::add);
            around.add(WorkContext.current());
        });
        assertThat(seen.subList(0, 2))
                .containsExactly(
                        new WorkContext("00-" + "a".repeat(32) + "-00f067aa0ba902b7-01", "evening-1"),
                        new WorkContext("00-" + "b".repeat(32) + "-00f067aa0ba902b7-00", null));
        assertThat(seen.get(2).loadTest()).isNull();
        assertThat(seen.get(2).traceparent()).as("a trace of its own").startsWith("00-");
        assertThat(around).singleElement().satisfies(common -> {
            assertThat(common.loadTest())
                    .as("nothing done for all is tagged for one")
                    .isNull();
            assertThat(common.traceparent()).as("log lines lead to the first").contains("a".repeat(32));
        });
    }

    @Test
    void a_batch_of_one_load_test_is_work_of_that_test() {
        var around = new ArrayList<WorkContext>();
        handle(
                List.of(message(PARENT, "evening-1"), message(PARENT, "evening-1")),
                _ -> around.add(WorkContext.current()));
        assertThat(around).containsExactly(new WorkContext(PARENT, "evening-1"));
    }

    @Test
    void a_command_that_is_committed_alone_is_committed_in_its_own_trace() {
        var settings = new GroupCommit.Settings(10, 10, Duration.ofSeconds(5), Duration.ZERO);
        var origin = new WorkContext(PARENT, "evening-1");
        try (var commits = new GroupCommit<Integer, WorkContext>(
                        "origins",
                        settings,
                        new SimpleMeterRegistry(),
                        batch -> batch.stream().map(_ -> WorkContext.current()).toList());
                var _ = origin.open()) {
            assertThat(commits.submit(1)).isEqualTo(origin);
        }
    }

    private TestEvent told(String token, Map<String, String> headers) {
        var key = UUID.randomUUID().toString();
        assertThat(tell(key, token, headers)).isEqualTo(200);
        await().until(() -> !TestKafka.events("thing", key).isEmpty());
        return TestKafka.events("thing", key).getFirst();
    }

    private int tell(String key, String token, Map<String, String> headers) {
        var all = new HashMap<>(headers);
        all.put("authorization", "Bearer " + token);
        return new Http(port)
                .send("/things/news/" + key, all, "PUT", BodyPublishers.noBody())
                .statusCode();
    }

    private void handle(List<ConsumerRecord<String, byte[]>> messages, Consumer<List<Event>> handler) {
        batches.handle("origins", messages, Map.of(ThingListener.TYPE, Counted.class), handler);
    }

    private static ConsumerRecord<String, byte[]> message(String traceparent, @Nullable String loadTest) {
        var message = new ConsumerRecord<>("thing", 0, 0, "k", "{\"key\":\"k\",\"number\":1}".getBytes());
        var id = UUID.randomUUID().toString();
        var headers = new HashMap<>(Map.of("ce_id", id, "ce_type", ThingListener.TYPE, "ce_subject", "k"));
        headers.put("ce_time", "2026-11-22T10:00:00Z");
        headers.put("traceparent", traceparent);
        if (loadTest != null) headers.put("loadtest", loadTest);
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes()));
        return message;
    }
}

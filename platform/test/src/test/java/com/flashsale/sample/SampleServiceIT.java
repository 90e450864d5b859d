package com.flashsale.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.test.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatusCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

@ServiceTest
class SampleServiceIT {

    final JdbcClient jdbc;
    final RestClient http;

    SampleServiceIT(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.http = RestClient.builder()
                .baseUrl("http://127.0.0.1:" + port)
                .defaultStatusHandler(HttpStatusCode::isError, (_, _) -> {})
                .build();
    }

    @Test
    void a_shopper_of_the_tests_is_let_in_and_others_are_not() {
        var me = UUID.randomUUID();
        assertThat(status(TestTokens.shopper(me))).isEqualTo(200);
        assertThat(status(TestTokens.operator())).isEqualTo(403);
        assertThat(status(TestTokens.forged(Map.of("sub", me.toString(), "scope", "shop"))))
                .isEqualTo(401);
        assertThat(status(TestTokens.with(Map.of("scope", "shop", "exp", 1)))).isEqualTo(401);
        assertThat(status(TestTokens.with(Map.of("scope", "shop", "aud", List.of("another")))))
                .isEqualTo(401);
    }

    @Test
    void an_event_of_the_service_can_be_read_from_its_topic() {
        var me = UUID.randomUUID();
        http.post()
                .uri("/notes")
                .headers(it -> it.setBearerAuth(TestTokens.shopper(me)))
                .body(Map.of("text", "hello"))
                .retrieve()
                .toBodilessEntity();

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(TestKafka.events("sample.note"))
                        .filteredOn(
                                event -> event.data().path("author").asString().equals(me.toString()))
                        .singleElement()
                        .satisfies(
                                event -> assertThat(event.type()).isEqualTo("com.flashsale.sample.note.written.v1")));
    }

    @Test
    void an_event_of_another_service_takes_effect_and_a_redelivery_changes_nothing() {
        var me = UUID.randomUUID();
        var type = "com.flashsale.sample.order.placed.v1";
        var id = TestKafka.produce("sample.order", "1", type, order(me, "first"));
        TestKafka.produce("sample.order", "1", type, id, order(me, "first"));
        TestKafka.produce("sample.order", "1", type, order(me, "last"));

        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(notesOf(me)).contains("last"));
        assertThat(notesOf(me)).containsExactly("first", "last");
    }

    @Test
    void the_database_is_the_services_own() {
        assertThat(jdbc.sql("select current_user || ' ' || current_database()")
                        .query(String.class)
                        .single())
                .isEqualTo("sample-service sample-service");
    }

    private static Map<String, Object> order(UUID customer, String text) {
        return Map.of("customerId", customer, "text", text);
    }

    private List<String> notesOf(UUID author) {
        return jdbc.sql("select text from note where author = :author order by id")
                .param("author", author)
                .query(String.class)
                .list();
    }

    private int status(String token) {
        return http.get()
                .uri("/notes")
                .headers(it -> it.setBearerAuth(token))
                .retrieve()
                .toBodilessEntity()
                .getStatusCode()
                .value();
    }
}

package com.flashsale.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The commands of ./flashsale, as the person at the terminal uses them. */
class OperationsIT {

    /** One service reads this topic, and a message that it cannot read changes nothing. */
    private static final String TOPIC = "waitlist.admission";

    final RunningPlatform platform = RunningPlatform.shared();
    final Shop shop = platform.shop();

    @Test
    void after_the_start_there_is_something_to_buy_and_the_self_test_is_not_shown() {
        var sales = shop.api
                .get("/api/v1/sales?limit=100")
                .is(200)
                .body()
                .path("items")
                .valueStream()
                .toList();
        assertThat(sales).noneMatch(sale -> sale.path("productName").asString().startsWith("Self-test"));
        var sale = sales.stream()
                .filter(it -> it.path("productName").asString().equals("Aurora sneaker"))
                .findFirst()
                .orElseThrow();
        var product = shop.api
                .get("/api/v1/products/" + sale.path("productId").asString())
                .is(200);
        assertThat(product.text("picture")).isEqualTo("aurora-sneaker");
        assertThat(Instant.parse(sale.path("closesAt").asString()))
                .isAfter(Instant.now().plus(Duration.ofDays(7)));
        assertThat(Instant.parse(sale.path("opensAt").asString()))
                .isBefore(Instant.now().plus(Duration.ofMinutes(1)));

        var id = sale.path("id").asString();
        var ada = new Shopper(
                "ada",
                platform.command().run("token", "ada@demo.example").output().strip());
        await().atMost(Duration.ofMinutes(1))
                .until(() -> shop.api
                        .get("/api/v1/sales/" + id)
                        .is(200)
                        .text("state")
                        .equals("OPEN"));
        var order = shop.reservedOrder(ada, id);
        shop.pay(ada, order, "test-approve").is(202);
        shop.awaitState(ada, order, "PAID");
    }

    @Test
    void a_message_that_was_set_aside_is_found_shown_and_sent_again_and_what_became_of_it_is_told() {
        var event = UUID.randomUUID().toString();
        send(TOPIC, event, "{not json");
        var letter = await().atMost(Duration.ofSeconds(60)).until(() -> letter(event), it -> it != null);
        assertThat(letter.path("consumer").asString()).startsWith("order-service");
        assertThat(letter.path("origin").asString()).startsWith(TOPIC + "/");
        assertThat(letter.path("reason").asString()).contains("UnreadableEventException");
        var id = letter.path("id").asString();
        var shown = platform.command().run("dead-letters", "show", id);
        assertThat(shown.output()).contains("{not json", event, "key");

        var dry = replay(id, "--dry-run");
        assertThat(dry.path("counts").path("WOULD_BE_SENT").asInt()).isEqualTo(1);
        var result = platform.command().run("dead-letters", "replay", id, "--json");
        assertThat(result.exitCode()).isEqualTo(6);
        var replayed = Api.JSON.readTree(result.output());
        assertThat(replayed.path("counts").path("AGAIN").asInt())
                .as(result.output())
                .isEqualTo(1);
        assertThat(replay(id).path("counts").path("SENT_BEFORE").asInt()).isEqualTo(1);

        // as if it had been set aside while the service was ill: now the service can read it and has no use for it
        var mended = UUID.randomUUID().toString();
        send(
                TOPIC + ".dlt",
                mended,
                "{}",
                Map.of("ce_type", "a.type.that.nobody.reads", "dlt_consumer", "order-service", "dlt_origin", "0/0"));
        assertThat(replay(mended).path("counts").path("HANDLED").asInt()).isEqualTo(1);
    }

    private JsonNode replay(String... arguments) {
        var command = new java.util.ArrayList<>(List.of("dead-letters", "replay", "--json"));
        command.addAll(List.of(arguments));
        return Api.JSON.readTree(
                platform.command().run(command.toArray(String[]::new)).output());
    }

    private @org.jspecify.annotations.Nullable JsonNode letter(String event) {
        var list = platform.command().run("dead-letters", "list", "--json", "--topic", TOPIC, "--limit", "10000");
        return Api.JSON
                .readTree(list.output())
                .path("letters")
                .valueStream()
                .filter(letter -> letter.path("eventId").asString("").equals(event))
                .findFirst()
                .orElse(null);
    }

    private void send(String topic, String event, String value) {
        send(topic, event, value, Map.of("ce_type", "com.flashsale.waitlist.admission.withdrawn.v1"));
    }

    private void send(String topic, String event, String value, Map<String, String> headers) {
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of("bootstrap.servers", platform.kafka(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            var message =
                    new ProducerRecord<>(topic, UUID.randomUUID().toString().getBytes(UTF_8), value.getBytes(UTF_8));
            message.headers().add("ce_id", event.getBytes(UTF_8));
            message.headers().add("ce_subject", UUID.randomUUID().toString().getBytes(UTF_8));
            message.headers().add("ce_time", Instant.now().toString().getBytes(UTF_8));
            headers.forEach((name, text) -> message.headers().add(name, text.getBytes(UTF_8)));
            producer.send(message);
        }
    }
}

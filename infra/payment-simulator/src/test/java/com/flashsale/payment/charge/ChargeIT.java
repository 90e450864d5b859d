package com.flashsale.payment.charge;

import static com.flashsale.payment.ProviderClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.payment.ProviderClient;
import com.flashsale.platform.test.ServiceTest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;

@ServiceTest
class ChargeIT {

    private final String key = UUID.randomUUID().toString();
    private final UUID order = UUID.randomUUID();

    @LocalServerPort
    int port;

    private ProviderClient provider;

    @BeforeEach
    void connect() {
        provider = ProviderClient.on(port);
    }

    @ParameterizedTest
    @CsvSource({"test-approve, CAPTURED, CAPTURE", "test-decline, DECLINED, DECLINE", "test-slow, CAPTURED, CAPTURE"})
    void a_charge_is_decided_by_its_method_and_entered_in_the_ledger(String method, String state, String entry) {
        var charge = json(provider.charge(key, order, "89.90", method)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", "/v1/charges/" + key));

        assertThat(charge.get("chargeKey").asString()).isEqualTo(key);
        assertThat(charge.get("orderId").asString()).isEqualTo(order.toString());
        assertThat(charge.get("state").asString()).isEqualTo(state);
        assertThat(charge.at("/amount/amount").asString()).isEqualTo("89.90");
        assertThat(provider.ledgerOf(order))
                .singleElement()
                .satisfies(line -> assertThat(line.get("kind").asString()).isEqualTo(entry));
    }

    @Test
    void a_slow_answer_is_slow() {
        var begin = System.nanoTime();
        provider.charge(key, order, "1.00", "test-slow").expectStatus().isCreated();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @Test
    void a_caller_that_gives_up_has_been_charged_and_finds_out_by_asking() {
        var impatient = ProviderClient.impatient(port, Duration.ofMillis(700));
        assertThatThrownBy(() -> impatient.charge(key, order, "89.90", "test-timeout"))
                .isInstanceOf(ResourceAccessException.class);

        assertThat(stateOf(provider.charge(key).expectStatus().isOk())).isEqualTo("CAPTURED");
        assertThat(provider.ledgerOf(order)).hasSize(1);
    }

    @Test
    void a_caller_that_repeats_a_key_is_answered_at_once_and_charged_once() {
        var impatient = ProviderClient.impatient(port, Duration.ofMillis(700));
        assertThatThrownBy(() -> impatient.charge(key, order, "89.90", "test-timeout"))
                .isInstanceOf(ResourceAccessException.class);

        var second = provider.charge(key, order, "89.90", "test-timeout")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true");
        assertThat(stateOf(second)).isEqualTo("CAPTURED");
        assertThat(provider.ledgerOf(order)).hasSize(1);
    }

    @Test
    void a_repetition_is_answered_as_the_first_time_even_after_a_refund() {
        var first = json(provider.charge(key, order, "89.90", "test-approve"));
        provider.refund(key).expectStatus().isOk();

        var second = json(provider.charge(key, order, "89.90", "test-approve")
                .expectStatus()
                .isCreated());

        assertThat(second).isEqualTo(first);
        assertThat(stateOf(provider.charge(key))).isEqualTo("REFUNDED");
    }

    @Test
    void the_same_key_for_another_charge_is_a_mistake() {
        provider.charge(key, order, "89.90", "test-approve");

        provider.charge(key, order, "89.91", "test-approve").expectStatus().isEqualTo(422);
        provider.charge(key, UUID.randomUUID(), "89.90", "test-approve")
                .expectStatus()
                .isEqualTo(422);
        var refused = provider.charge(key, order, "89.90", "test-decline")
                .expectStatus()
                .isEqualTo(422);

        assertThat(json(refused).get("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(provider.ledgerOf(order)).hasSize(1);
    }

    @Test
    void a_charge_that_was_not_made_is_not_found() {
        var missing = provider.charge(key).expectStatus().isNotFound();
        assertThat(json(missing).get("code").asString()).isEqualTo("CHARGE_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"visa", "TEST-APPROVE", "", "test-approve "})
    void an_unknown_method_is_refused(String method) {
        var refused =
                provider.charge(key, order, "89.90", method).expectStatus().isBadRequest();
        assertThat(json(refused).at("/errors/0/field").asString()).isEqualTo("paymentMethod");
    }

    @Test
    void a_body_that_is_not_a_charge_is_refused() {
        var amount = Map.of("amount", "1.00", "currency", "EUR");
        provider.post(key, Map.of("amount", amount, "paymentMethod", "test-approve"))
                .expectStatus()
                .isBadRequest();
        provider.post(key, Map.of("orderId", order, "paymentMethod", "test-approve"))
                .expectStatus()
                .isBadRequest();
        provider.post(key, Map.of("orderId", order, "amount", amount))
                .expectStatus()
                .isBadRequest();
        provider.post(key, Map.of("orderId", order, "amount", 5, "paymentMethod", "test-approve"))
                .expectStatus()
                .isBadRequest();
        provider.post(key, Map.of("orderId", order, "amount", amount, "paymentMethod", "test-approve", "state", "x"))
                .expectStatus()
                .isBadRequest();
        provider.post(
                        key,
                        Map.of(
                                "orderId",
                                order,
                                "amount",
                                Map.of("amount", 1.5, "currency", "EUR"),
                                "paymentMethod",
                                "test-approve"))
                .expectStatus()
                .isBadRequest();
        provider.charge(key).expectStatus().isNotFound();
    }

    @Test
    void a_charge_needs_a_key() {
        assertThat(codeOf(provider.charge(null, order, "1.00", "test-approve")
                        .expectStatus()
                        .isBadRequest()))
                .isEqualTo("IDEMPOTENCY_KEY_MISSING");
        assertThat(codeOf(provider.charge("a b", order, "1.00", "test-approve")
                        .expectStatus()
                        .isBadRequest()))
                .isEqualTo("IDEMPOTENCY_KEY_INVALID");
    }

    private static String stateOf(ResponseSpec answer) {
        return text(json(answer), "state");
    }

    private static String codeOf(ResponseSpec answer) {
        return text(json(answer), "code");
    }

    private static String text(JsonNode json, String field) {
        return json.get(field).asString();
    }
}

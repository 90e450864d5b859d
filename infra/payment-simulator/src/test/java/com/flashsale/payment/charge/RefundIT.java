package com.flashsale.payment.charge;

import static com.flashsale.payment.ProviderClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.payment.ProviderClient;
import com.flashsale.platform.test.ServiceTest;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class RefundIT {

    private final String key = UUID.randomUUID().toString();
    private final UUID order = UUID.randomUUID();

    @LocalServerPort
    int port;

    private ProviderClient provider;

    @BeforeEach
    void connect() {
        provider = ProviderClient.on(port);
    }

    @Test
    void captured_money_is_given_back_once_however_often_it_is_asked_for() {
        provider.charge(key, order, "89.90", "test-approve");

        var first = json(provider.refund(key).expectStatus().isOk());
        var second = json(provider.refund(key).expectStatus().isOk());

        assertThat(first.get("state").asString()).isEqualTo("REFUNDED");
        assertThat(second).isEqualTo(first);
        assertThat(provider.ledgerOf(order))
                .extracting(line -> line.get("kind").asString())
                .containsExactly("REFUND", "CAPTURE");
    }

    @Test
    void a_declined_charge_cannot_be_refunded() {
        provider.charge(key, order, "89.90", "test-decline");

        var refused = provider.refund(key).expectStatus().isEqualTo(409);

        assertThat(json(refused).get("code").asString()).isEqualTo("CHARGE_NOT_CAPTURED");
        assertThat(provider.ledgerOf(order)).hasSize(1);
    }

    @Test
    void a_charge_that_was_never_made_cannot_be_refunded() {
        provider.refund(key).expectStatus().isNotFound();
    }
}

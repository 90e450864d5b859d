package com.flashsale.payment.charge;

import static com.flashsale.payment.ProviderClient.patiently;
import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.payment.ProviderClient;
import com.flashsale.platform.test.ServiceTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.client.EntityExchangeResult;

@ServiceTest
class ChargeRaceIT {

    private static final int CALLERS = 50;

    private final String key = UUID.randomUUID().toString();
    private final UUID order = UUID.randomUUID();

    @LocalServerPort
    int port;

    @Test
    void fifty_calls_with_one_key_capture_once_and_are_all_answered_alike() {
        var provider = ProviderClient.on(port);

        var answers = allAtOnce(CALLERS, () -> patiently(() -> provider.charge(key, order, "89.90", "test-approve")));

        assertThat(answers).extracting(answer -> answer.getStatus().value()).containsOnly(201);
        assertThat(answers)
                .extracting(EntityExchangeResult::getResponseBody)
                .containsOnly(answers.getFirst().getResponseBody());
        assertThat(provider.ledgerOf(order)).hasSize(1);
    }

    @Test
    void fifty_refunds_give_the_money_back_once() {
        var provider = ProviderClient.on(port);
        provider.charge(key, order, "89.90", "test-approve").expectStatus().isCreated();

        var answers = allAtOnce(CALLERS, () -> patiently(() -> provider.refund(key)));

        assertThat(answers).extracting(answer -> answer.getStatus().value()).containsOnly(200);
        assertThat(answers)
                .extracting(EntityExchangeResult::getResponseBody)
                .containsOnly(answers.getFirst().getResponseBody());
        assertThat(provider.ledgerOf(order))
                .extracting(line -> line.get("kind").asString())
                .containsExactly("REFUND", "CAPTURE");
    }

    @Test
    void of_many_charges_that_fight_for_one_key_only_one_is_made() {
        var provider = ProviderClient.on(port);

        var statuses = allAtOnce(CALLERS, () -> {
            var mine = UUID.randomUUID();
            return patiently(() -> provider.charge(key, mine, "89.90", "test-approve"))
                    .getStatus()
                    .value();
        });

        assertThat(statuses).containsOnly(201, 422);
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    }
}

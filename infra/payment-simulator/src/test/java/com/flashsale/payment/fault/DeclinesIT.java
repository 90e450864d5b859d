package com.flashsale.payment.fault;

import static com.flashsale.payment.ProviderClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.payment.ProviderClient;
import com.flashsale.platform.test.ServiceTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class DeclinesIT {

    @LocalServerPort
    int port;

    private ProviderClient provider;

    @BeforeEach
    void connect() {
        provider = ProviderClient.on(port);
    }

    @AfterEach
    void end() {
        provider.declines(Map.of("seconds", 0)).expectStatus().isOk();
    }

    private String charge(String key, UUID order) {
        return json(provider.charge(key, order, "1.00", "test-approve"))
                .get("state")
                .asString();
    }

    @Test
    void each_new_charge_is_declined_until_the_time_is_over() {
        var order = UUID.randomUUID();
        var key = UUID.randomUUID().toString();
        provider.declines(Map.of("seconds", 60)).expectStatus().isOk();

        assertThat(charge(key, order)).isEqualTo("DECLINED");
        assertThat(provider.ledgerOf(order).toString()).contains("DECLINE").doesNotContain("CAPTURE");

        provider.declines(Map.of("seconds", 0)).expectStatus().isOk();
        assertThat(charge(UUID.randomUUID().toString(), UUID.randomUUID())).isEqualTo("CAPTURED");
        assertThat(charge(key, order)).as("the first answer is repeated").isEqualTo("DECLINED");
    }

    @Test
    void a_charge_that_was_captured_before_stays_captured() {
        var order = UUID.randomUUID();
        var key = UUID.randomUUID().toString();
        assertThat(charge(key, order)).isEqualTo("CAPTURED");
        provider.declines(Map.of("seconds", 60)).expectStatus().isOk();

        assertThat(charge(key, order)).isEqualTo("CAPTURED");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 301})
    void a_time_beyond_the_limits_is_refused(int seconds) {
        provider.declines(Map.of("seconds", seconds)).expectStatus().isBadRequest();
    }

    @Test
    void only_the_merchant_may_break_it() {
        ProviderClient.withAuthorization(port, "Bearer wrong")
                .declines(Map.of("seconds", 60))
                .expectStatus()
                .isUnauthorized();
    }
}

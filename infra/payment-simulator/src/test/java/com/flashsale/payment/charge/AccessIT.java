package com.flashsale.payment.charge;

import static com.flashsale.payment.ProviderClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.payment.ProviderClient;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestSecrets;
import com.flashsale.platform.test.TestTokens;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ServiceTest
class AccessIT {

    @LocalServerPort
    int port;

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer ",
                "Bearer",
                "Basic " + TestSecrets.PAYMENT_KEY,
                TestSecrets.PAYMENT_KEY,
                "Bearer " + TestSecrets.PAYMENT_KEY + "x",
                "Bearer  " + TestSecrets.PAYMENT_KEY
            })
    void without_the_key_nothing_is_charged(String authorization) {
        var key = UUID.randomUUID().toString();
        var refused = ProviderClient.withAuthorization(port, authorization)
                .charge(key, UUID.randomUUID(), "1.00", "test-approve")
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .valueEquals("WWW-Authenticate", "Bearer");

        assertThat(json(refused).get("code").asString()).isEqualTo("UNAUTHORIZED");
        ProviderClient.on(port).charge(key).expectStatus().isNotFound();
    }

    @Test
    void an_access_token_of_the_platform_opens_nothing_here() {
        ProviderClient.withAuthorization(port, "Bearer " + TestTokens.operator())
                .ledger("")
                .expectStatus()
                .isUnauthorized();
    }
}

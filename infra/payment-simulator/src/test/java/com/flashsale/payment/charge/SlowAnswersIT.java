package com.flashsale.payment.charge;

import static com.flashsale.payment.ProviderClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.payment.ProviderClient;
import com.flashsale.platform.test.ServiceTest;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.test.annotation.DirtiesContext;

/** One place to wait in, and a wait that only a shutdown ends in time. */
@ServiceTest(properties = {"payment.max-waiting=1", "payment.no-answer=10m"})
@DirtiesContext
class SlowAnswersIT {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext service;

    @Test
    void a_full_waiting_place_refuses_before_it_charges_and_a_shutdown_empties_it() throws Exception {
        var provider = ProviderClient.on(port);
        var waiting = UUID.randomUUID().toString();
        var answer = CompletableFuture.supplyAsync(
                () -> json(provider.charge(waiting, UUID.randomUUID(), "1.00", "test-timeout")));
        await().untilAsserted(() -> provider.charge(waiting).expectStatus().isOk());

        var refused = UUID.randomUUID().toString();
        provider.charge(refused, UUID.randomUUID(), "1.00", "test-slow")
                .expectStatus()
                .isEqualTo(503)
                .expectHeader()
                .exists("Retry-After");
        provider.charge(refused).expectStatus().isNotFound();
        provider.charge(refused, UUID.randomUUID(), "1.00", "test-approve")
                .expectStatus()
                .isCreated();

        assertThat(answer).isNotDone();
        service.publishEvent(new ContextClosedEvent(service));
        assertThat(answer.get(10, TimeUnit.SECONDS).get("state").asString()).isEqualTo("CAPTURED");
        for (int i = 0; i < 3; i++) {
            provider.charge(UUID.randomUUID().toString(), UUID.randomUUID(), "1.00", "test-slow")
                    .expectStatus()
                    .isCreated();
        }
    }
}

package com.flashsale.waitlist.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.test.BothWays;
import com.flashsale.platform.test.CountedRequests;
import com.flashsale.platform.test.RawRequest;
import com.flashsale.platform.test.RequestVariants;
import com.flashsale.platform.test.RequestVariants.Variant;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.platform.token.VerifiedTokenStamp;
import com.flashsale.waitlist.ASale;
import com.flashsale.waitlist.AShopper;
import com.flashsale.waitlist.SecondReplica;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/** A join on the fast path gets the response of the usual way: two replicas, of which one has no fast path. */
@ServiceTest
class JoinFastPathIT {

    private static final Variant UNCHANGED = new Variant("unchanged", _ -> {});

    private final int port;
    private final String keys;
    private final MeterRegistry meters;
    private final SecondReplica other;
    private final BothWays bothWays;

    JoinFastPathIT(
            @LocalServerPort int port,
            @Value("${platform.signed-tokens.keys}") String keys,
            @Autowired MeterRegistry meters,
            @Autowired LoadTests loadTests,
            @Autowired ConfigurableApplicationContext context) {
        this.port = port;
        this.keys = keys;
        this.meters = meters;
        this.other = SecondReplica.beside(context, "--platform.fast-path.enabled=false");
        this.bothWays = new BothWays(port, other.port());
        await().until(() -> loadTests.areServed() && other.bean(LoadTests.class).areServed());
    }

    @AfterEach
    void close() {
        other.close();
    }

    @Test
    void joins_of_all_kinds_are_answered_and_counted_alike() {
        var sale = ASale.of(5_000)
                .with("admissionsPerSecond", 100_000)
                .scheduled()
                .knownTo(port)
                .knownTo(other.port());
        await().until(() -> new AShopper(port).join(sale.id()).state().equals("ADMITTED"));
        var here = CountedRequests.settled(meters);
        var there = CountedRequests.settled(other.bean(MeterRegistry.class));

        for (var variant : RequestVariants.all(43, 80)) {
            // the place is the key: the same customer gets the same response from both
            var customer = UUID.randomUUID();
            var token = TestTokens.shopper(customer);
            bothWays.assertAlike(variant, () -> aJoin(sale.id(), token));
        }

        await().untilAsserted(() -> assertThat(CountedRequests.of(meters).since(here))
                .isEqualTo(CountedRequests.of(other.bean(MeterRegistry.class)).since(there)));
    }

    @Test
    void refusals_and_shown_tickets_are_alike() {
        var later = ASale.of(1).opensIn(Duration.ofHours(1)).scheduled();
        var over = ASale.of(1).scheduled().ended();
        over.endedTo(port).endedTo(other.port());
        for (var sale : new ASale[] {later, over}) {
            sale.knownTo(port).knownTo(other.port());
            bothWays.assertAlike(UNCHANGED, () -> aJoin(sale.id(), TestTokens.shopper(UUID.randomUUID())));
        }
        bothWays.assertAlike(UNCHANGED, () -> aJoin(UUID.randomUUID(), TestTokens.shopper(UUID.randomUUID())));
        var sale = ASale.of(10).scheduled().knownTo(port).knownTo(other.port());
        var ada = new AShopper(port);
        var ticket = ada.join(sale.id()).text("ticket");
        var shown = bothWays.assertAlike(
                new Variant("own ticket", request -> request.body("{\"ticket\":\"" + ticket + "\"}")),
                () -> aJoin(sale.id(), TestTokens.shopper(ada.id())));
        assertThat(shown.status()).isEqualTo("HTTP/1.1 201 ");
        var stolen = bothWays.assertAlike(
                new Variant("ticket of another", request -> request.body("{\"ticket\":\"" + ticket + "\"}")),
                () -> aJoin(sale.id(), TestTokens.shopper(UUID.randomUUID())));
        assertThat(stolen.body()).contains("TICKET_INVALID");
    }

    private RawRequest aJoin(UUID sale, String token) {
        return new RawRequest("/api/v1/sales/" + sale + "/queue-tickets", "{}")
                .set("Content-Type", "application/json")
                .set("Authorization", "Bearer " + token)
                .set(VerifiedTokenStamp.HEADER, new VerifiedTokenStamp(keys, InstantSource.system()).of(token));
    }
}

package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.test.BothWays;
import com.flashsale.platform.test.CountedRequests;
import com.flashsale.platform.test.RawRequest;
import com.flashsale.platform.test.RequestVariants;
import com.flashsale.platform.test.RequestVariants.Variant;
import com.flashsale.platform.test.TestTokens;
import com.flashsale.platform.token.VerifiedTokenStamp;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An order, and a look at it, get on the fast path the response of the usual way: one of two replicas has no fast path.
 */
class PlacementFastPathIT extends OrderServiceIT {

    private static final String UNKNOWN_SALE = UUID.randomUUID().toString();

    @Value("${platform.signed-tokens.keys}")
    String keys;

    @Autowired
    MeterRegistry meters;

    @Autowired
    LoadTests loadTests;

    @Autowired
    ConfigurableApplicationContext context;

    SecondReplica other;
    BothWays bothWays;

    @BeforeEach
    void aReplicaWithoutAFastPath() {
        other = SecondReplica.beside(context, Clock.systemUTC(), "--platform.fast-path.enabled=false");
        bothWays = new BothWays(port, other.port());
        await().until(() -> loadTests.areServed() && other.bean(LoadTests.class).areServed());
    }

    @AfterEach
    void close() {
        other.close();
    }

    @Test
    void orders_of_all_kinds_are_answered_and_counted_alike() {
        var sale = anOpenSale();
        var here = CountedRequests.of(meters);
        var there = CountedRequests.of(other.bean(MeterRegistry.class));

        var plain = bothWays.assertAlike(new Variant("plain", _ -> {}), () -> anOrder(sale, 1));
        assertThat(plain.status()).isEqualTo("HTTP/1.1 202 ");
        for (var variant : RequestVariants.all(42, 80)) bothWays.assertAlike(variant, () -> anOrder(sale, 1));

        await().untilAsserted(() -> assertThat(CountedRequests.of(meters).since(here))
                .isEqualTo(CountedRequests.of(other.bean(MeterRegistry.class)).since(there)));
    }

    @Test
    void refusals_are_alike() {
        var open = anOpenSale();
        var refused = Map.of(
                "not open",
                        aSale(Map.of("opensAt", Instant.now().plusSeconds(600).toString())),
                "over", aSale(Map.of("closesAt", Instant.now().minusSeconds(1).toString())),
                "paused", aSale(Map.of("paused", true)),
                "unknown", UUID.fromString(UNKNOWN_SALE));
        refused.forEach((name, sale) -> bothWays.assertAlike(new Variant(name, _ -> {}), () -> anOrder(sale, 1)));
        for (int quantity : List.of(0, -1, 3, 100)) {
            bothWays.assertAlike(new Variant(quantity + " units", _ -> {}), () -> anOrder(open, quantity));
        }
        bothWays.assertAlike(
                new Variant(
                        "admission of another customer",
                        request -> request.body(request.body()
                                .replaceAll(
                                        "\"admission\":\"[^\"]+\"",
                                        "\"admission\":\"" + admission(open, UUID.randomUUID()) + "\""))),
                () -> anOrder(open, 1));
    }

    @Test
    void an_order_is_read_alike() {
        var customer = UUID.randomUUID();
        var placed = anOrder(anOpenSale(), 1, customer).sendTo(port);
        var id = placed.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
        var path = "/api/v1/orders/" + id;
        var here = CountedRequests.of(meters);
        var there = CountedRequests.of(other.bean(MeterRegistry.class));

        for (var variant : RequestVariants.all(44, 20)) {
            bothWays.assertAlike(variant, () -> asking(RawRequest.get(path), customer));
        }
        assertRead(200, path, customer);
        assertRead(404, path, UUID.randomUUID());
        assertRead(404, "/api/v1/orders/" + UUID.randomUUID(), customer);

        await().untilAsserted(() -> assertThat(CountedRequests.of(meters).since(here))
                .isEqualTo(CountedRequests.of(other.bean(MeterRegistry.class)).since(there)));
    }

    /** A plain read, which the fast path does not pass on. */
    private void assertRead(int status, String path, UUID customer) {
        var before = passedOn();
        var answer = bothWays.assertAlike(new Variant("plain", _ -> {}), () -> asking(RawRequest.get(path), customer));
        assertThat(answer.status()).isEqualTo("HTTP/1.1 " + status + " ");
        assertThat(passedOn()).isEqualTo(before);
    }

    private double passedOn() {
        return meters.find("fast.path.passed.on").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private RawRequest anOrder(UUID sale, int quantity) {
        return anOrder(sale, quantity, UUID.randomUUID());
    }

    private RawRequest anOrder(UUID sale, int quantity, UUID customer) {
        var order = new RawRequest(
                "/api/v1/orders",
                "{\"saleId\":\"%s\",\"quantity\":%d,\"admission\":\"%s\"}"
                        .formatted(sale, quantity, admission(sale, customer)));
        return asking(order, customer)
                .set("Content-Type", "application/json")
                .set("Idempotency-Key", UUID.randomUUID().toString());
    }

    private RawRequest asking(RawRequest request, UUID customer) {
        var token = TestTokens.shopper(customer);
        return request.set("Authorization", "Bearer " + token)
                .set(VerifiedTokenStamp.HEADER, new VerifiedTokenStamp(keys, InstantSource.system()).of(token));
    }
}

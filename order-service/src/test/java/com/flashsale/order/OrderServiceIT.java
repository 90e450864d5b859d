package com.flashsale.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.security.SignedTokens;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import com.flashsale.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with its neighbours as it sees them: catalog and inventory by their events, the provider by its HTTP. */
@ServiceTest(
        properties = {
            "order.payment-provider.read-timeout=600ms",
            "order.payment-provider.time-limit=600ms",
            "order.payment-provider.breaker-open=500ms",
            "order.checkout.orphaned-after=1500ms",
            "order.checkout.lease=2s",
            "order.checkout.first-pause=100ms",
            "order.checkout.longest-pause=500ms",
            "order.checkout.abandon-after=3s",
            "order.checkout.look-again-after=5s,24h",
            "order.backlog.first=1s",
            "order.backlog.every=1s"
        })
abstract class OrderServiceIT {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final FakePaymentProvider PROVIDER = new FakePaymentProvider();

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    SignedTokens tokens;

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry properties) {
        properties.add("order.payment-provider.url", PROVIDER::url);
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    Shopper aShopper() {
        return Shopper.at(address());
    }

    // -- catalog

    /** An id that is too old for a request to wait for its event. */
    static UUID anOldSaleId() {
        return UUID.randomUUID();
    }

    UUID anOpenSale() {
        return aSale(Map.of());
    }

    UUID aSale(Map<String, Object> otherwise) {
        var sale = anOldSaleId();
        var facts = Catalog.facts(sale, 1);
        facts.putAll(otherwise);
        Catalog.says("scheduled", facts);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(versionOf(sale)).isEqualTo(1));
        return sale;
    }

    long versionOf(UUID sale) {
        return jdbc.sql("select coalesce(max(version), 0) from sale where id = ?")
                .param(sale)
                .query(Long.class)
                .single();
    }

    // -- waitlist

    Map<String, Object> admissionClaims(UUID sale, UUID customer, int units) {
        var now = Instant.now().getEpochSecond();
        return new HashMap<>(Map.of(
                "jti",
                Ids.next().toString(),
                "sale",
                sale.toString(),
                "sub",
                customer.toString(),
                "units",
                units,
                "source",
                "TURN",
                "number",
                7,
                "iat",
                now,
                "exp",
                now + 60));
    }

    String admission(UUID sale, UUID customer) {
        return tokens.sign("admission+jwt", admissionClaims(sale, customer, 2));
    }

    // -- orders in every state

    UUID aPlacedOrder(Shopper shopper) {
        var sale = anOpenSale();
        var placed = shopper.order(sale, 1, admission(sale, shopper.id()));
        assertThat(placed.status()).isEqualTo(202);
        return placed.id();
    }

    UUID aReservedOrder(Shopper shopper) {
        return aReservedOrder(shopper, Instant.now().plusSeconds(120));
    }

    UUID aReservedOrder(Shopper shopper, Instant until) {
        var order = aPlacedOrder(shopper);
        Inventory.holds(order, until);
        awaitState(shopper, order, "RESERVED");
        return order;
    }

    UUID aPaidOrder(Shopper shopper) {
        var order = aReservedOrder(shopper);
        assertThat(shopper.pay(order, "test-approve").status()).isEqualTo(202);
        awaitState(shopper, order, "PAID");
        return order;
    }

    void awaitState(Shopper shopper, UUID order, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(shopper.see(order).get("state").asString()).isEqualTo(state));
    }

    void awaitPayment(Shopper shopper, UUID order, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                shopper.see(order).path("payment").path("state").asString())
                        .isEqualTo(state));
    }

    // -- events

    List<TestEvent> eventsOf(UUID order) {
        return TestKafka.events("order.order").stream()
                .filter(event -> event.subject().equals(order.toString()))
                .toList();
    }

    List<String> factsOf(UUID order) {
        return eventsOf(order).stream()
                .map(event ->
                        event.type().replace("com.flashsale.order.order.", "").replace(".v1", ""))
                .toList();
    }

    void awaitFacts(UUID order, String... facts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(factsOf(order)).containsExactly(facts));
    }

    int count(String sql, Object... params) {
        return jdbc.sql(sql).params(params).query(Integer.class).single();
    }
}

package com.flashsale.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.platform.test.TestEvent;
import com.flashsale.platform.test.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The units of one sale in inventory-service: its rows and its events. */
public record Units(JdbcClient jdbc, UUID saleId) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** One line of the audit: the stock row, and the same figures by the ledger and by the reservations. */
    public record Audit(
            Integer allotted,
            Integer reserved,
            Integer sold,
            int ledgerAllotted,
            int ledgerReserved,
            int ledgerSold,
            int reservationReserved,
            int reservationSold) {

        public void assertBalanced() {
            assertThat(allotted).isEqualTo(ledgerAllotted);
            assertThat(reserved).isNotNegative().isEqualTo(ledgerReserved).isEqualTo(reservationReserved);
            assertThat(sold).isNotNegative().isEqualTo(ledgerSold).isEqualTo(reservationSold);
            assertThat(reserved + sold).isLessThanOrEqualTo(allotted);
        }
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50));
    }

    /** An open sale that this service has heard of. */
    public static Units of(JdbcClient jdbc, Catalog sale) {
        sale.tell("scheduled");
        var units = new Units(jdbc, sale.saleId());
        await().untilAsserted(() -> assertThat(units.isKnown()).isTrue());
        return units;
    }

    public boolean isKnown() {
        return jdbc.sql("select count(*) from stock where sale_id = :sale")
                        .param("sale", saleId)
                        .query(Long.class)
                        .single()
                == 1;
    }

    public Audit audit() {
        return jdbc.sql("select * from stock_audit where sale_id = :sale")
                .param("sale", saleId)
                .query(Audit.class)
                .single();
    }

    public void awaitUnits(int reserved, int sold) {
        await().untilAsserted(() ->
                assertThat(audit()).returns(reserved, Audit::reserved).returns(sold, Audit::sold));
        audit().assertBalanced();
    }

    public String stateOf(Orders.Order order) {
        return jdbc.sql("select state from reservation where order_id = :order")
                .param("order", order.id())
                .query(String.class)
                .optional()
                .orElse("NONE");
    }

    public void awaitState(Orders.Order order, String state) {
        await().untilAsserted(() -> assertThat(stateOf(order)).isEqualTo(state));
    }

    /** Lets the time to pay pass: the hold of the order ended {@code secondsAgo} seconds ago. */
    public void holdEnded(Orders.Order order, int secondsAgo) {
        jdbc.sql("""
                update reservation
                   set held_at = now() - interval '1 hour', expires_at = now() - make_interval(secs => :secondsAgo)
                 where order_id = :order
                """).param("secondsAgo", secondsAgo).param("order", order.id()).update();
    }

    /** The short names of the facts that were told about an order, each checked against the contract. */
    public static List<String> toldAbout(Orders.Order order) {
        return kept(TestKafka.events("inventory.reservation", order.id().toString()).stream())
                .map(event -> shortName(event.type()))
                .toList();
    }

    public static void awaitTold(Orders.Order order, String... facts) {
        await().untilAsserted(() -> assertThat(toldAbout(order)).containsExactly(facts));
    }

    public List<TestEvent> stockChanges() {
        return kept(TestKafka.events("inventory.stock", saleId.toString()).stream())
                .toList();
    }

    public List<TestEvent> toldAboutSale() {
        return kept(TestKafka.events("inventory.reservation").stream()
                        .filter(event -> event.json().contains(saleId.toString())))
                .toList();
    }

    private static Stream<TestEvent> kept(Stream<TestEvent> events) {
        return events.peek(event -> AsyncApi.assertKept(event.type(), event.json()));
    }

    public static String shortName(String type) {
        return type.replaceAll("com\\.flashsale\\.inventory\\.(reservation|stock)\\.(.*)\\.v1", "$2");
    }
}

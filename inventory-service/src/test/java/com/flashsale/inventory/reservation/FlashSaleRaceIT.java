package com.flashsale.inventory.reservation;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.inventory.Catalog;
import com.flashsale.inventory.Orders;
import com.flashsale.inventory.Orders.Order;
import com.flashsale.inventory.StockSampler;
import com.flashsale.inventory.Units;
import com.flashsale.platform.test.ServiceTest;
import com.flashsale.platform.test.TestEvent;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServiceTest
class FlashSaleRaceIT {

    private static final int BUYERS = 500;
    private static final int UNITS = 10;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Test
    void five_hundred_buyers_never_hold_more_than_the_ten_units_on_sale() {
        var sale = Units.of(jdbc, Catalog.sale(UNITS));
        var orders = new Orders(sale.saleId());
        try (var _ = StockSampler.on(dataSource, sale.saleId())) {
            allAtOnce(BUYERS, () -> placeTwice(orders));
            orders.awaitDecided();
        }

        sale.awaitUnits(UNITS, 0);
        Units.await().untilAsserted(() -> assertThat(sale.toldAboutSale()).hasSize(BUYERS + 1));
        var told = sale.toldAboutSale().stream()
                .collect(Collectors.groupingBy(event -> Units.shortName(event.type()), Collectors.counting()));
        assertThat(told).containsEntry("held", (long) UNITS).containsEntry("refused", BUYERS - UNITS + 1L);
    }

    @Test
    void every_unit_is_somewhere_however_much_happens_at_once() {
        var sale = Units.of(jdbc, Catalog.sale(UNITS));
        var orders = new Orders(sale.saleId());
        try (var _ = StockSampler.on(dataSource, sale.saleId())) {
            allAtOnce(BUYERS, () -> buyOrNot(sale, orders));
            orders.awaitDecided();
        }

        var audit = sale.audit();
        audit.assertBalanced();
        assertVersionsOnlyGrow(sale);
    }

    /**
     * Each of these events carries its message id twice through the broker, as after a crash between commit and offset.
     */
    private static Order placeTwice(Orders orders) {
        var order = Order.of(1);
        var messageId = UUID.randomUUID();
        orders.tell("placed", order, messageId);
        orders.tell("placed", order, messageId);
        return order;
    }

    private static Order buyOrNot(Units sale, Orders orders) {
        var order = orders.place(1);
        switch (Math.floorMod(order.id().hashCode(), 4)) {
            case 0 -> orders.pay(order);
            case 1 -> orders.cancel(order);
            case 2 -> sale.holdEnded(order, 6);
            default -> {}
        }
        return order;
    }

    private static void assertVersionsOnlyGrow(Units sale) {
        var versions = sale.stockChanges().stream()
                .map(event -> event.data().get("version").asLong())
                .toList();
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        var byVersion = sale.toldAboutSale().stream()
                .map(TestEvent::data)
                .map(data -> data.get("stock"))
                .collect(Collectors.groupingBy(
                        stock -> stock.get("version").asLong(),
                        Collectors.mapping(Function.identity(), Collectors.toSet())));
        assertThat(byVersion.values()).as("one version names one state").allMatch(states -> states.size() == 1);
    }
}

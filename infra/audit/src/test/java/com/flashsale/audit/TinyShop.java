package com.flashsale.audit;

import com.flashsale.client.Json;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;

/**
 * The platform's way of one purchase, as small as it can be and still right: the services' own schemas, real
 * transactions, a real outbox, a real topic, an inbox. Each step is a method, so that a test can put a wrong one in its
 * place and see what the audit makes of what it leaves behind. A crash is a step that is not taken any further.
 */
final class TinyShop implements AutoCloseable {

    final UUID sale = uuid();
    final ShopDatabases databases;
    final ShopEvents events;
    final WaitlistSteps waitlist;
    final OrderSteps orders;
    final InventorySteps inventory;

    /** @param factor how many promises a unit bears: above 1 some are disappointed, and know it beforehand */
    TinyShop(Books books, int units, int factor) throws SQLException {
        this.databases = new ShopDatabases(books);
        this.events = new ShopEvents(databases, books.kafka());
        this.waitlist = new WaitlistSteps(databases, events, sale);
        this.orders = new OrderSteps(databases, events, sale);
        this.inventory = new InventorySteps(databases, events, sale);
        open(new SaleRows(sale, units, factor, 0, 1));
    }

    static UUID uuid() {
        var random = UUID.randomUUID();
        long millis = System.currentTimeMillis() << 16;
        return new UUID(millis | 0x7000L | (random.getMostSignificantBits() & 0xFFF), random.getLeastSignificantBits());
    }

    private void open(SaleRows rows) throws SQLException {
        databases.insert("catalog", rows.product());
        databases.insert("catalog", rows.inCatalog());
        databases.insert("catalog", rows.stockInCatalog());
        databases.insert("inventory", rows.stockInInventory());
        databases.insert("inventory", rows.allotment());
        databases.insert("orders", rows.inOrders());
        databases.insert("waitlist", rows.inWaitlist());
        databases.insert("waitlist", rows.stockInWaitlist());
        databases.insert("waitlist", rows.waitingRoom(0));
    }

    /** Lets everything arrive that is on its way. */
    void settle() throws SQLException {
        events.relay("waitlist");
        for (int round = 0; round < 3; round++) {
            events.relay("orders");
            inventory.takeOrders();
            events.relay("inventory");
            orders.checkout();
        }
        waitlist.follow();
    }

    /** A customer who buys one unit, from the turn to the payment. */
    UUID buy(UUID customer) throws SQLException {
        var order = orders.place(customer, "key-of-" + customer, waitlist.admit(customer));
        settle();
        orders.pay(order);
        settle();
        return order;
    }

    String history(UUID customer, String key, UUID order, int status) {
        return Json.line(Map.of(
                "at",
                "2026-11-27T12:00:00Z",
                "customerId",
                customer,
                "idempotencyKey",
                key,
                "saleId",
                sale,
                "orderId",
                order,
                "status",
                status));
    }

    @Override
    public void close() throws SQLException {
        databases.close();
        events.close();
    }
}

package com.flashsale.waitlist;

import com.flashsale.platform.test.TestKafka;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** inventory-service for one sale, as other services hear of it: it never holds more than it has. */
public final class AnInventory {

    private final ASale sale;
    private int reserved;
    private int sold;
    private long version;

    private AnInventory(ASale sale) {
        this.sale = sale;
    }

    public static AnInventory of(ASale sale) {
        return new AnInventory(sale);
    }

    public synchronized int available() {
        return sale.allotted() - reserved - sold;
    }

    private synchronized Map<String, Object> stock() {
        var stock = new LinkedHashMap<String, Object>();
        stock.put("allotted", sale.allotted());
        stock.put("available", available());
        stock.put("reserved", reserved);
        stock.put("sold", sold);
        stock.put("version", version);
        return stock;
    }

    /** Publishes the stock as it is. */
    public synchronized AnInventory told() {
        version++;
        var data = stock();
        data.put("saleId", sale.id());
        TestKafka.produce("inventory.stock", sale.id().toString(), "com.flashsale.inventory.stock.changed.v1", data);
        return this;
    }

    /** Other customers have taken this number of units. */
    public synchronized AnInventory taken(int units) {
        reserved += units;
        return told();
    }

    public synchronized AnInventory freed(int units) {
        reserved -= units;
        return told();
    }

    public synchronized AnInventory paid(int units) {
        reserved -= units;
        sold += units;
        return told();
    }

    /** Cancelled or not paid in time: its units are free again. */
    public synchronized void released(UUID order, UUID customer, int quantity) {
        version++;
        reserved -= quantity;
        var data = dataOf(order, customer, quantity);
        data.put("reservationId", UUID.randomUUID());
        tell("released", order, data);
        told();
    }

    public synchronized void refuse(UUID order, UUID customer, int quantity, String reason) {
        version++;
        var data = dataOf(order, customer, quantity);
        data.put("reason", reason);
        tell("refused", order, data);
    }

    private Map<String, Object> dataOf(UUID order, UUID customer, int quantity) {
        var data = new LinkedHashMap<String, Object>();
        data.put("orderId", order);
        data.put("saleId", sale.id());
        data.put("customerId", customer);
        data.put("quantity", quantity);
        data.put("stock", stock());
        return data;
    }

    private static void tell(String fact, UUID order, Map<String, Object> data) {
        var type = "com.flashsale.inventory.reservation." + fact + ".v1";
        TestKafka.produce("inventory.reservation", order.toString(), type, data);
    }

    /** Decides an order as inventory would, and tells it on its topic. */
    public synchronized boolean decide(UUID order, UUID customer, int quantity) {
        var held = quantity <= available();
        version++;
        if (held) reserved += quantity;
        var data = dataOf(order, customer, quantity);
        if (held) {
            data.put("reservationId", UUID.randomUUID());
            data.put("expiresAt", java.time.Instant.now().plusSeconds(120).toString());
        } else {
            data.put("reason", "SOLD_OUT");
        }
        tell(held ? "held" : "refused", order, data);
        return held;
    }
}

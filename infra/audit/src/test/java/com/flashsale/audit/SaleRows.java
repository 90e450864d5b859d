package com.flashsale.audit;

import java.util.UUID;

/**
 * The rows of a sale that runs for an hour, in each service; all agree. A price of 89.90 EUR, one unit for each
 * customer.
 *
 * @param factor how many promises a unit bears
 * @param sold units that are paid for
 * @param version of the stock
 */
record SaleRows(UUID sale, int units, int factor, int sold, long version) {

    static final long PRICE = 8990;

    private static final String OPENS = "now() - interval '1 min'";
    private static final String CLOSES = "now() + interval '1 h'";

    Row product() {
        return Row.of("product")
                .with("id", sale)
                .with("name", "Aurora")
                .with("description", "")
                .with("price_minor", PRICE)
                .with("currency", "EUR")
                .sql("created_at", "now()");
    }

    Row inCatalog() {
        return limits(terms(Row.of("sale").with("id", sale)))
                .with("product_id", sale)
                .with("product_name", "Aurora")
                .with("price_minor", PRICE)
                .with("currency", "EUR")
                .with("hold_ms", 120_000);
    }

    Row inOrders() {
        return terms(Row.of("sale").with("id", sale)).with("price_minor", PRICE).with("currency", "EUR");
    }

    Row inWaitlist() {
        return limits(terms(Row.of("sale").with("sale_id", sale)));
    }

    private static Row terms(Row row) {
        return row.with("version", 1)
                .with("purchase_limit", 1)
                .sql("opens_at", OPENS)
                .sql("closes_at", CLOSES)
                .with("paused", false);
    }

    private Row limits(Row row) {
        return row.with("allotted", units)
                .with("crowd_factor", 5)
                .with("admission_factor", factor)
                .with("admissions_per_second", 500)
                .with("turn_ms", 30_000)
                .with("admission_ms", 60_000)
                .with("offer_ms", 300_000)
                .with("draw", "FIFO");
    }

    Row stockInCatalog() {
        return stock("sale_stock").with("available", units - sold);
    }

    Row stockInInventory() {
        return stock("stock")
                .with("reserved", 0)
                .with("sold", sold)
                .with("terms_version", 1)
                .with("purchase_limit", 1)
                .with("hold_millis", 120_000)
                .sql("opens_at", OPENS)
                .sql("closes_at", CLOSES);
    }

    Row stockInWaitlist() {
        return stock("stock")
                .with("available", units - sold)
                .with("reserved", 0)
                .with("sold", sold);
    }

    private Row stock(String table) {
        return Row.of(table).with("sale_id", sale).with("allotted", units).with("version", version);
    }

    Row allotment() {
        return Row.of("ledger")
                .with("sale_id", sale)
                .with("kind", "ALLOTTED")
                .with("units", units)
                .sql("moved_at", "now()");
    }

    /** @param numbers that are issued, served and settled */
    Row waitingRoom(int numbers) {
        return Row.of("waiting_room")
                .with("sale_id", sale)
                .with("epoch", 1)
                .with("issued_ceiling", 10_000)
                .with("issued", numbers)
                .with("serving", numbers)
                .with("settled", numbers)
                .sql("seed", "'\\x00'");
    }
}

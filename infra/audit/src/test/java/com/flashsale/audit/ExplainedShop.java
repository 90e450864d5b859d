package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.ShopEvents.Event;
import com.flashsale.audit.evidence.Topics;
import com.flashsale.audit.explain.Entry;
import com.flashsale.audit.explain.Entry.Kind;
import com.flashsale.audit.explain.Explain;
import com.flashsale.audit.explain.Explanation;
import com.flashsale.client.Json;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A small shop whose orders are explained: the services' schemas in a real PostgreSQL, and a real Kafka. */
abstract class ExplainedShop {

    static final UUID ADA = UUID.randomUUID();
    static final UUID BOB = UUID.randomUUID();

    /** Reads around the rows alone, and the ledger by its ids, as with millions of orders. */
    static final Explain.Limits AS_IF_LARGE =
            new Explain.Limits(0, Duration.ofSeconds(20), Duration.ofSeconds(20), 1 << 20, 0);

    static Books books;

    @TempDir
    Path logs;

    TinyShop shop;

    @BeforeAll
    static void open() throws Exception {
        books = new Books();
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @BeforeEach
    void start() throws Exception {
        books.clear();
        shop = new TinyShop(books, 5, 1);
    }

    @AfterEach
    void end() throws SQLException {
        shop.close();
    }

    UUID orderOf(UUID customer) throws SQLException {
        return shop.orders.place(customer, "key-of-" + customer, shop.waitlist.admit(customer));
    }

    /** The hold ends, and both services follow. */
    void expire(UUID order) throws SQLException {
        shop.databases.in("inventory", connection -> {
            shop.inventory.settle(connection, order, "EXPIRED");
            return true;
        });
        shop.databases.in("orders", connection -> {
            ShopDatabases.update(
                    connection, "update orders set state = 'CANCELLED', reason = 'EXPIRED' where id = ?", order);
            var type = "com.flashsale.order.order.cancelled.v1";
            shop.events.append(connection, Event.of(Topics.ORDERS, type, order, shop.sale, "{\"reason\":\"EXPIRED\"}"));
            return true;
        });
        shop.settle();
    }

    /** The provider declines a payment. */
    void decline(UUID order) throws SQLException {
        var payment = TinyShop.uuid();
        shop.orders.request(payment, order);
        var charge = Row.of("charge")
                .with("key", payment.toString())
                .with("order_id", order)
                .with("amount_minor", SaleRows.PRICE)
                .with("currency", "EUR")
                .with("payment_method", "test-decline")
                .with("verdict", "DECLINED")
                .sql("charged_at", "now()");
        var movement = Row.of("ledger_entry")
                .with("charge_key", payment.toString())
                .with("order_id", order)
                .with("kind", "DECLINE")
                .with("amount_minor", SaleRows.PRICE)
                .with("currency", "EUR")
                .sql("at", "now()");
        shop.databases.insert("payment", charge);
        shop.databases.insert("payment", movement);
        shop.databases.run(
                "orders", "update payment set state = 'DECLINED', next_attempt_at = null where id = ?", payment);
    }

    Explanation explain(Object id) throws Exception {
        return found(id, Explain.Limits.ALL).orElseThrow();
    }

    Optional<Explanation> found(Object id, Explain.Limits limits) throws Exception {
        return found(id, limits, books.kafka());
    }

    Optional<Explanation> found(Object id, Explain.Limits limits, String kafka) throws Exception {
        try (var databases = books.databases()) {
            return new Explain(databases, kafka, logs, limits, Clock.systemUTC()).explain(id.toString());
        }
    }

    static List<Entry> of(Explanation explanation, Kind kind) {
        return explanation.entries().stream()
                .filter(entry -> entry.kind() == kind)
                .toList();
    }

    /** The decisions, in their order, as their first words. */
    static List<@Nullable String> facts(Explanation explanation, Kind kind) {
        return of(explanation, kind).stream().map(Entry::fact).toList();
    }

    static void assertRows(Explanation explanation, String... tables) {
        assertThat(of(explanation, Kind.ROW))
                .extracting(row -> row.what().replaceAll("[ (].*", ""))
                .as(Json.pretty(explanation))
                .contains(tables);
    }

    /** Every decision and every handled message has a reason and a class. */
    static void assertReasoned(Explanation explanation) {
        assertThat(explanation.unread()).isEmpty();
        assertThat(explanation.entries()).isNotEmpty().isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(explanation.entries())
                .filteredOn(entry -> entry.kind() == Kind.DECISION || entry.kind() == Kind.HANDLED)
                .isNotEmpty()
                .allSatisfy(entry -> {
                    assertThat(entry.why()).isNotBlank();
                    assertThat(entry.decidedBy()).startsWith("com.flashsale.");
                });
    }
}

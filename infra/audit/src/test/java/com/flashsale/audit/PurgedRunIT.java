package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.evidence.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Topics still hold the events of a load test after its rows were removed, and the audit ignores these. The events of a
 * run that was not purged name orders that are lost.
 */
class PurgedRunIT {

    private static final String RUN = "evening-1";

    private static Books books;

    @TempDir
    private Path histories;

    @BeforeAll
    static void open() throws Exception {
        books = new Books();
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @BeforeEach
    void clear() throws Exception {
        books.clear();
    }

    @Test
    void events_of_a_purged_run_are_passed_over_and_those_of_another_are_not() throws Exception {
        try (var shop = new TinyShop(books, 5, 1)) {
            tell(shop, RUN);
            assertThat(isGreen()).as("an order that was told of and is nowhere").isFalse();
            books.execute("catalog", "insert into load_run (run) values ('" + RUN + "')");
            assertThat(isGreen()).isTrue();
            tell(shop, "evening-2");
            assertThat(isGreen()).isFalse();
        }
    }

    @Test
    void a_purged_run_does_not_excuse_the_missing_order_of_a_real_customer() throws Exception {
        try (var shop = new TinyShop(books, 5, 1)) {
            books.execute("catalog", "insert into load_run (run) values ('" + RUN + "')");
            assertThat(isGreen()).isTrue();
            tell(shop, null);
            assertThat(isGreen()).isFalse();
        }
    }

    private static void tell(TinyShop shop, @Nullable String run) {
        var order = UUID.randomUUID();
        shop.events.send(
                new ShopEvents.Event(
                        UUID.randomUUID(),
                        Topics.ORDERS,
                        "com.flashsale.order.order.placed.v1",
                        order,
                        shop.sale.toString(),
                        "{}"),
                run);
    }

    private boolean isGreen() throws Exception {
        try (var evidence = books.evidence(histories)) {
            return new Audit(evidence, Clock.systemUTC(), Duration.ZERO).run().green();
        }
    }
}

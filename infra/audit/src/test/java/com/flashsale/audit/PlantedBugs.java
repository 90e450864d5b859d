package com.flashsale.audit;

import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bugs M1 to M15 that an audit of a flash sale must catch. Each bug is code that runs on the services' schemas with
 * a real PostgreSQL and a real Kafka. The audit sees the rows that this code leaves behind, not a row that was written
 * for the audit. Before it, the same scenario runs without the bug: green.
 *
 * <p>M14, a retry on every layer, multiplies requests and changes no book: idempotency makes it harmless, and the audit
 * says so. Its cost shows in the traffic.
 *
 * @see PlantedStockBugsIT
 * @see PlantedEventBugsIT
 * @see PlantedOrderBugsIT
 */
abstract class PlantedBugs {

    static final UUID ADA = UUID.randomUUID();
    static final UUID BOB = UUID.randomUUID();
    static final Duration PATIENCE = Duration.ofSeconds(10);

    static Books books;

    @TempDir
    Path histories;

    TinyShop shop;

    @BeforeAll
    static void open() throws Exception {
        books = new Books();
        // what would stop some of the bugs before they do harm: the audit must not need it
        books.execute("inventory", "alter table stock drop constraint never_oversold");
        books.execute("waitlist", "alter table stock drop constraint stock_check");
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @BeforeEach
    void start() throws Exception {
        shop = fresh(5, 1);
    }

    @AfterEach
    void end() throws SQLException {
        shop.close();
    }

    interface Step {
        void run() throws Exception;
    }

    UUID orderOf(UUID customer) throws SQLException {
        return shop.orders.place(customer, "key-of-" + customer, shop.waitlist.admit(customer));
    }

    void restart(int units, int factor) throws Exception {
        shop.close();
        try (var old = Files.list(histories)) {
            for (var file : old.toList()) Files.delete(file);
        }
        shop = fresh(units, factor);
    }

    private static TinyShop fresh(int units, int factor) throws Exception {
        books.clear();
        return new TinyShop(books, units, factor);
    }

    void write(String line) throws IOException {
        var file = histories.resolve("client.jsonl");
        var before = Files.exists(file) ? Files.readString(file) : "";
        Files.writeString(file, before + line + "\n");
    }

    static void together(List<Step> steps) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = steps.stream()
                    .map(step -> runAsync(() -> unchecked(step), threads))
                    .toList();
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new))
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }
    }

    static void meet(CyclicBarrier barrier) {
        unchecked(() -> barrier.await(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    static void unchecked(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    void assertGreen() throws Exception {
        var report = audit();
        assertThat(report.green()).as(report.text()).isTrue();
    }

    void assertCaught(String id, String... named) throws Exception {
        var report = audit();
        assertThat(report.green()).isFalse();
        assertThat(report.invariants())
                .filteredOn(result -> result.id().equals(id))
                .singleElement()
                .satisfies(result -> assertThat(result.violations())
                        .as(report.text())
                        .anySatisfy(violation -> assertThat(violation).contains(named)));
    }

    private AuditReport audit() throws Exception {
        try (var evidence = books.evidence(histories)) {
            return new Audit(evidence, Clock.systemUTC(), Duration.ZERO).run();
        }
    }
}

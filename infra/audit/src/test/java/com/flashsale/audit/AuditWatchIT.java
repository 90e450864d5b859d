package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.platform.Databases;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The watch sees a violation that lasts for a moment only, and is not green without a single look. */
class AuditWatchIT {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static Books books;

    @BeforeAll
    static void open() throws SQLException, IOException {
        books = new Books();
        books.execute("inventory", "alter table stock drop constraint never_oversold");
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @BeforeEach
    void balance() throws SQLException {
        books.balance();
    }

    @Test
    void books_that_balance_at_every_sample_are_green() {
        try (var watch = AuditWatch.start(books.databases(), _ -> {})) {
            var findings = watch.stop();
            assertThat(findings.green()).as(findings.text()).isTrue();
            assertThat(findings.samples()).isGreaterThanOrEqualTo(2);
            assertThat(findings.failed()).isZero();
        }
    }

    @Test
    void an_oversell_that_is_mended_again_was_seen() throws Exception {
        List<Findings.Violation> told = new CopyOnWriteArrayList<>();
        try (var watch = AuditWatch.start(books.databases(), told::add)) {
            books.execute("inventory", "update stock set sold = 11");
            await().atMost(PATIENCE)
                    .until(() -> told.stream().anyMatch(it -> it.id().equals("I1")));
            books.execute("inventory", "update stock set sold = 1");

            var findings = watch.stop();
            assertThat(findings.green()).isFalse();
            assertThat(findings.violations())
                    .filteredOn(violation -> violation.id().equals("I1"))
                    .singleElement()
                    .satisfies(violation -> {
                        assertThat(violation.subject()).isEqualTo("sale " + Books.SALE);
                        assertThat(violation.what()).contains("11 sold of 10");
                        assertThat(violation.lastSeen()).isAfterOrEqualTo(violation.since());
                    });
        }
    }

    @Test
    void databases_that_are_away_are_no_violation_and_no_green() {
        var nobody = new Databases(1, "audit", Books.PASSWORD);
        try (var watch = AuditWatch.start(nobody, _ -> {})) {
            var findings = watch.stop();
            assertThat(findings.green()).isFalse();
            assertThat(findings.violations()).isEmpty();
            assertThat(findings.samples()).isZero();
            assertThat(findings.failed()).isPositive();
            assertThat(findings.lastFailure()).isNotBlank();
        }
    }
}

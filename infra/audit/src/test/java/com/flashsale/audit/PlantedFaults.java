package com.flashsale.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.evidence.Evidence;
import com.flashsale.audit.rule.CheckResult;
import com.flashsale.audit.rule.LiveRules;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Books that balance before each test, and what the audit says about them. */
abstract class PlantedFaults {

    static Books books;

    @BeforeAll
    static void open() throws SQLException, IOException {
        books = new Books();
        books.execute("inventory", "alter table stock drop constraint never_oversold");
        books.execute("orders", "alter table orders drop constraint orders_admission_id_key");
    }

    @AfterAll
    static void close() {
        books.close();
    }

    @BeforeEach
    void balance() throws SQLException {
        books.balance();
    }

    static void assertViolated(String id, String named) throws Exception {
        var report = audit();
        assertThat(report.green()).isFalse();
        assertThat(report.invariants())
                .filteredOn(result -> result.id().equals(id))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.holds()).isFalse();
                    assertThat(result.violations())
                            .anySatisfy(violation -> assertThat(violation).contains(named));
                });
    }

    /** The subjects that one sample of a watch finds. */
    static Set<String> seenDuringASale(String id) throws Exception {
        try (var databases = books.databases()) {
            var result = new CheckResult();
            for (var invariant : LiveRules.all()) {
                if (!invariant.id().equals(id)) continue;
                for (var rule : invariant.rules()) rule.check(Evidence.of(databases), result);
            }
            return result.violations().keySet();
        }
    }

    static AuditReport.Result result(String id) throws Exception {
        return audit().invariants().stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static AuditReport audit() throws Exception {
        try (var databases = books.databases()) {
            return new Audit(databases, Clock.systemUTC(), Duration.ZERO).run();
        }
    }
}

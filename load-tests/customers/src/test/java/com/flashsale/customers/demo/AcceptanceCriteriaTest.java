package com.flashsale.customers.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.AuditReport;
import com.flashsale.audit.Findings;
import com.flashsale.customers.Counters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AcceptanceCriteriaTest {

    private static final SalePlan PLAN = SalePlan.demo(10, 20, 1);
    private static final Map<String, Long> GOOD = Map.of("PAID", 10L, "CLOSED", 7L, "EXPIRED", 3L);

    @Test
    void a_sale_of_all_units_to_people_who_all_know_is_a_success() {
        assertThat(broken(GOOD, new Figures())).isEmpty();
    }

    @Test
    void an_unsold_unit_beside_people_who_were_sent_away_is_a_failure() {
        assertThat(broken(Map.of("PAID", 9L, "CLOSED", 8L, "EXPIRED", 3L), new Figures().sold(9)))
                .containsExactly("every unit has one owner");
    }

    @Test
    void an_unsold_unit_that_no_customer_wanted_is_no_failure() {
        assertThat(broken(Map.of("PAID", 9L, "EXPIRED", 8L, "BY_CUSTOMER", 3L), new Figures().sold(9)))
                .isEmpty();
    }

    @Test
    void a_unit_with_two_owners_or_none_is_a_failure() {
        assertThat(broken(Map.of("PAID", 11L, "CLOSED", 9L), new Figures())).contains("every unit has one owner");
        assertThat(broken(Map.of("PAID", 9L, "CLOSED", 11L), new Figures())).contains("every unit has one owner");
    }

    @Test
    void a_customer_without_an_answer_is_a_failure() {
        assertThat(broken(Map.of("PAID", 10L, "CLOSED", 9L), new Figures())).containsExactly("everybody was told");
        assertThat(broken(Map.of("PAID", 10L, "CLOSED", 9L, "UNANSWERED", 1L), new Figures()))
                .containsExactly("everybody was told");
    }

    @Test
    void a_customer_who_is_told_too_late_or_never_is_a_failure() {
        assertThat(broken(GOOD, new Figures().tellAll(31))).containsExactly("nobody waits after the end");
        assertThat(broken(GOOD, new Figures().unclosed(1))).containsExactly("nobody waits after the end");
    }

    @Test
    void orders_are_bounded_by_the_units_that_could_be_sold() {
        assertThat(broken(GOOD, new Figures().posts(18))).isEmpty();
        assertThat(broken(GOOD, new Figures().posts(19))).containsExactly("order-service sees units, not crowds");
    }

    @Test
    void orders_that_a_killed_replica_had_counted_are_said_to_be_missing() {
        var books = new Figures().posts(3).restarted().books();

        assertThat(AcceptanceCriteria.of(PLAN, new Counters(), books))
                .extracting(Condition::seen)
                .anyMatch(text -> text.startsWith("a replica restarted; since then 3 POST /orders"));
    }

    @Test
    void more_promises_than_units_are_a_failure() {
        assertThat(broken(GOOD, new Figures().promised(11))).containsExactly("promises within goods, always");
    }

    @Test
    void a_watch_that_never_looked_is_no_witness() {
        assertThat(broken(GOOD, new Figures().looks(0))).containsExactly("promises within goods, always");
    }

    @Test
    void an_inversion_an_oversale_and_a_red_audit_are_failures() {
        assertThat(broken(GOOD, new Figures().inversions(1))).containsExactly("0 FIFO inversions");
        assertThat(broken(GOOD, new Figures().oversold(1))).containsExactly("0 oversold");
        assertThat(broken(GOOD, new Figures().audit(false))).containsExactly("audit");
        assertThat(broken(GOOD, new Figures().quiet(false))).containsExactly("nothing is on its way any more");
    }

    private static List<String> broken(Map<String, Long> endings, Figures figures) {
        var counters = new Counters();
        new TreeMap<>(endings).forEach((word, count) -> {
            for (int i = 0; i < count; i++) {
                counters.ended(word);
            }
        });
        return AcceptanceCriteria.of(PLAN, counters, figures.books()).stream()
                .filter(condition -> !condition.holds())
                .map(Condition::name)
                .toList();
    }

    /** Those of a good sale, until one is changed. */
    private static final class Figures {
        private long sold = 10;
        private long oversold;
        private long posts = 12;
        private long inversions;
        private long promised = 10;
        private long unclosed;
        private double tellAll = 5;
        private boolean quiet = true;
        private boolean audit = true;
        private long looks = 30;
        private boolean restarted;

        Figures sold(long value) {
            sold = value;
            return this;
        }

        Figures oversold(long value) {
            oversold = value;
            return this;
        }

        Figures posts(long value) {
            posts = value;
            return this;
        }

        Figures inversions(long value) {
            inversions = value;
            return this;
        }

        Figures promised(long value) {
            promised = value;
            return this;
        }

        Figures unclosed(long value) {
            unclosed = value;
            return this;
        }

        Figures tellAll(double value) {
            tellAll = value;
            return this;
        }

        Figures quiet(boolean value) {
            quiet = value;
            return this;
        }

        Figures audit(boolean value) {
            audit = value;
            return this;
        }

        Figures restarted() {
            restarted = true;
            return this;
        }

        Figures looks(long value) {
            looks = value;
            return this;
        }

        FinalState books() {
            return new FinalState(
                    sold,
                    2,
                    oversold,
                    posts,
                    restarted,
                    inversions,
                    promised,
                    unclosed,
                    tellAll,
                    quiet,
                    Map.of("PAID", sold),
                    new AuditReport(audit, Instant.EPOCH, List.of()),
                    new Findings(looks, 0, null, Duration.ZERO, Duration.ZERO, List.of()));
        }
    }
}

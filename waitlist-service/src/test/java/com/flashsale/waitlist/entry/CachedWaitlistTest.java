package com.flashsale.waitlist.entry;

import static com.flashsale.platform.test.Race.allAtOnce;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachedWaitlistTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final List<EntryRank> database = new CopyOnWriteArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();
    private final List<Runnable> whileReading = new ArrayList<>();
    private final CachedWaitlist line = new CachedWaitlist(this::read, new TestClock());

    @Test
    void a_crowd_that_polls_costs_one_read_a_second() {
        for (int i = 1; i <= 100; i++) database.add(place(i));

        var positions = allAtOnce(500, () -> line.position(place(40)));
        assertThat(positions).containsOnly(40L);
        assertThat(reads).hasValue(1);

        pass(Duration.ofMillis(999));
        assertThat(line.position(place(40))).isEqualTo(40);
        assertThat(reads).hasValue(1);

        pass(Duration.ofMillis(1));
        assertThat(allAtOnce(500, () -> line.position(place(40)))).containsOnly(40L);
        assertThat(reads).hasValue(2);
    }

    @Test
    void an_entry_that_left_in_front_is_gone_after_a_second() {
        database.addAll(List.of(place(1), place(2), place(3)));
        assertThat(line.position(place(3))).isEqualTo(3);

        database.remove(place(1));

        assertThat(line.position(place(3))).isEqualTo(3);
        pass(Duration.ofSeconds(1));
        assertThat(line.position(place(3))).isEqualTo(2);
    }

    @Test
    void an_entry_that_joins_here_counts_at_once_and_once() {
        database.addAll(List.of(place(1), place(4)));
        assertThat(line.waiting()).isEqualTo(2);

        line.joined(List.of(place(5), place(2)));
        line.joined(List.of(place(3)));
        line.joined(List.of(place(4), place(3)));

        assertThat(positions(1, 2, 3, 4, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(line.waiting()).isEqualTo(5);
        database.addAll(1, List.of(place(2), place(3)));
        database.add(place(5));
        pass(Duration.ofSeconds(1));
        assertThat(positions(1, 2, 3, 4, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(line.waiting()).isEqualTo(5);
    }

    @Test
    void an_entry_that_joins_while_the_database_is_read_is_neither_lost_nor_counted_twice() {
        database.add(place(1));
        // the first entry is in the list that is read, the second one is committed after it
        whileReading.add(() -> {
            database.add(place(2));
            line.joined(List.of(place(2), place(3)));
        });

        assertThat(positions(1, 2, 3)).containsExactly(1L, 2L, 3L);
        assertThat(line.waiting()).isEqualTo(3);
    }

    @Test
    void an_entry_that_joined_here_and_left_before_the_next_read_is_forgotten_with_it() {
        assertThat(line.waiting()).isZero();
        line.joined(List.of(place(1), place(2)));
        database.add(place(2));

        pass(Duration.ofSeconds(1));

        assertThat(line.position(place(2))).isEqualTo(1);
    }

    @Test
    void one_that_it_has_not_heard_of_stands_behind_all_in_front_of_it() {
        database.addAll(List.of(place(1), place(3)));

        assertThat(line.position(place(2))).isEqualTo(2);
        assertThat(line.position(place(9))).isEqualTo(3);
    }

    @Test
    void a_clock_that_is_set_back_makes_it_old() {
        database.add(place(1));
        assertThat(line.position(place(1))).isEqualTo(1);
        database.add(0, place(0));

        pass(Duration.ofMinutes(-5));

        assertThat(line.position(place(1))).isEqualTo(2);
    }

    @Test
    void entries_of_one_number_go_by_their_turns() {
        var low = new EntryRank(1, 1);
        var middle = new EntryRank(1, 2);
        var high = new EntryRank(1, Long.MAX_VALUE);
        var places = new ArrayList<>(List.of(high, low, middle, new EntryRank(0, 3)));

        Collections.sort(places);

        assertThat(places).endsWith(low, middle, high);
    }

    private List<Long> positions(int... places) {
        return IntStream.of(places)
                .mapToObj(place -> line.position(place(place)))
                .toList();
    }

    private List<EntryRank> read() {
        reads.incrementAndGet();
        whileReading.forEach(Runnable::run);
        return List.copyOf(database);
    }

    private static EntryRank place(int number) {
        return new EntryRank(number, number);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private final class TestClock extends Clock {
        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

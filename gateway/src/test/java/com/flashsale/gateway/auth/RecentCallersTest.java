package com.flashsale.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.gateway.Heap;
import com.flashsale.gateway.auth.Caller.Known;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecentCallersTest {

    private static final int SIZE = 100;

    private final RecentCallers callers = new RecentCallers(SIZE);

    @Test
    void a_recent_caller_is_known_however_many_came_before_and_however_often() {
        for (int visit = 0; visit < 5; visit++) {
            for (int caller = 0; caller < SIZE; caller++) meet(caller);
        }

        IntStream.range(1_000, 1_000 + 10 * SIZE).forEach(this::meet);

        assertThat(knownOf(1_000 + 9 * SIZE, 1_000 + 10 * SIZE)).isEqualTo(SIZE);
    }

    @Test
    void a_caller_that_keeps_coming_stays_known() {
        meet(7);
        for (int caller = 1_000; caller < 1_000 + 10 * SIZE; caller++) {
            meet(caller);
            if (caller % (SIZE / 2) == 0) assertThat(callers.find("7")).isNotNull();
        }
    }

    @Test
    void twice_its_size_is_the_most_that_it_remembers() {
        IntStream.range(0, 50 * SIZE).forEach(this::meet);

        assertThat(knownOf(0, 50 * SIZE)).isBetween((long) SIZE, 2L * SIZE + 2);
    }

    @Test
    void a_crowd_of_a_million_takes_a_few_hundred_bytes_for_each_caller_that_is_remembered() {
        var many = new RecentCallers(50_000);

        var grown = Heap.grownBy(() -> {
            for (var i = 0; i < 300_000; i++) {
                var customer = new UUID(i, i).toString();
                many.remember(
                        customer.substring(0, 22),
                        new Known(customer, "key", Instant.ofEpochSecond(i), true, false, null));
            }
        });

        assertThat(many.find(new UUID(299_999, 299_999).toString().substring(0, 22)))
                .isNotNull();
        assertThat(grown).isLessThan(100_000 * 320L);
    }

    private void meet(int caller) {
        var hash = Integer.toString(caller);
        if (callers.find(hash) == null) callers.remember(hash, new Known(hash, "key", Instant.MAX, true, false, null));
    }

    private long knownOf(int from, int to) {
        return IntStream.range(from, to)
                .filter(caller -> callers.find(Integer.toString(caller)) != null)
                .count();
    }
}

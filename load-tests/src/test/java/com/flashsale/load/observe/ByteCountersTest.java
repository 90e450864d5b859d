package com.flashsale.load.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.load.observe.ByteCounters.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ByteCountersTest {

    private static final String DEV = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
                lo: 987654321  1234    0    0    0     0          0         0 987654321  1234    0    0
              eth0: 5 1 0 0 0 0 0 0 7 1 0 0
            """;

    @Test
    void the_network_is_what_the_loopback_received() {
        assertThat(ByteCounters.received(DEV)).isEqualTo(987_654_321);
        assertThat(ByteCounters.received(DEV.replace("lo: 987654321 ", "lo:987654321 ")))
                .isEqualTo(987_654_321);
    }

    @Test
    void the_bytes_of_a_run_are_the_difference_of_two_readings() {
        var before = new Reading(Map.of("wal", 1_000L, "network", 50L), Map.of("1 a-0", 10L, "1 b-0", 900L));
        var after = new Reading(Map.of("wal", 4_000L), Map.of("1 a-0", 30L, "1 b-0", 100L, "1 c-0", 5L));

        assertThat(ByteCounters.between(before, after)).isEqualTo(Map.of("wal", 3_000L, "kafka", 25L));
    }

    @Test
    void a_medium_that_cannot_be_read_is_left_out() {
        var none = new Reading(Map.of(), Map.of());

        assertThat(ByteCounters.between(none, none)).isEmpty();
    }
}

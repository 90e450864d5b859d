package com.flashsale.customers.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.customers.demo.OrderTraffic.Counter;
import com.flashsale.customers.demo.OrderTraffic.Posts;
import com.flashsale.customers.demo.OrderTraffic.Reading;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderTrafficTest {

    @Test
    void requests_to_place_an_order_are_counted_with_any_status() {
        assertThat(OrderTraffic.counter("""
                process_start_time_seconds 1.79E9
                # TYPE http_server_requests_seconds summary
                http_server_requests_seconds_count{error="none",method="POST",outcome="SUCCESS",\
                status="202",uri="/api/v1/orders"} 110
                http_server_requests_seconds_count{error="none",method="POST",outcome="CLIENT_ERROR",\
                status="403",uri="/api/v1/orders"} 3.0
                http_server_requests_seconds_count{error="none",method="POST",outcome="SUCCESS",\
                status="202",uri="/api/v1/orders/{id}/payments"} 90
                http_server_requests_seconds_count{error="none",method="GET",outcome="SUCCESS",\
                status="200",uri="/api/v1/orders"} 7
                http_server_requests_seconds_sum{error="none",method="POST",outcome="SUCCESS",\
                status="202",uri="/api/v1/orders"} 5.5
                """)).isEqualTo(new Counter(1.79e9, 113));
    }

    @Test
    void the_requests_since_a_reading_are_the_difference_of_two_counters() {
        var before = new Reading(Map.of("a", new Counter(100, 40), "b", new Counter(100, 7)));
        var after = new Reading(Map.of("a", new Counter(100, 45), "b", new Counter(100, 7)));

        assertThat(after.since(before)).isEqualTo(new Posts(5, false));
    }

    @Test
    void a_replica_that_was_started_again_counts_from_zero() {
        var before = new Reading(Map.of("a", new Counter(100, 280)));
        var after = new Reading(Map.of("a", new Counter(160, 110)));

        assertThat(after.since(before)).isEqualTo(new Posts(110, true));
    }
}

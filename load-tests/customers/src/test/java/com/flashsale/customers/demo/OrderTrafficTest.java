package com.flashsale.customers.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderTrafficTest {

    @Test
    void requests_to_place_an_order_are_counted_with_any_status() {
        assertThat(OrderTraffic.posts("""
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
                """)).isEqualTo(113);
    }
}

package com.flashsale.local.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void every_answer_counts_but_those_about_health_and_metrics() {
        assertThat(Traffic.answered("""
                        # TYPE http_server_requests_seconds histogram
                        http_server_requests_seconds_count{application="order-service",method="POST",\
                        status="202",uri="/api/v1/orders"} 12
                        http_server_requests_seconds_count{application="order-service",method="GET",\
                        status="200",uri="/api/v1/orders/{id}"} 3.0E1
                        http_server_requests_seconds_sum{application="order-service",method="GET",\
                        status="200",uri="/api/v1/orders/{id}"} 7.5
                        http_server_requests_seconds_count{application="order-service",method="GET",\
                        status="200",uri="/actuator/prometheus"} 99
                        """)).isEqualTo(42);
    }
}

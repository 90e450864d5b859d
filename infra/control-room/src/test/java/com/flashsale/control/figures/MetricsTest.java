package com.flashsale.control.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.control.figures.Metrics.Series;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final String TEXT = """
            # TYPE REQUESTS histogram
            REQUESTS_bucket{application="gateway",method="POST",status="202",uri="/api/v1/orders/**",le="0.1"} 3
            REQUESTS_bucket{application="gateway",method="POST",status="409",uri="/api/v1/orders/**",le="0.1"} 1
            REQUESTS_bucket{application="gateway",method="POST",status="202",uri="/api/v1/orders/**",le="+Inf"} 5
            REQUESTS_bucket{application="gateway",method="GET",status="200",uri="/api/v1/orders/**",le="0.1"} 70
            REQUESTS_count{application="gateway",method="POST",status="202",uri="/api/v1/orders/**"} 5
            REQUESTS_count{application="gateway",method="GET",status="200",uri="/"} 8
            REQUESTS_count{application="gateway",method="GET",status="202",uri="/x"} 2
            orders_reached_total{application="order-service",load_test="false",state="PAID"} 4.0
            orders_reached_total{application="order-service",load_test="true",state="PAID"} 6.0
            kafka_consumer_fetch_manager_records_lag_max{client_id="a"} NaN
            jvm_memory_used_bytes{area="heap"} 12
            """.replace("REQUESTS", "http_server_requests_seconds");

    @Test
    void series_are_summed_over_the_labels_that_do_not_count() {
        var values = Metrics.of(TEXT).values();

        assertThat(values)
                .containsOnly(
                        Map.entry(new Series("http_server_requests_seconds_count", "202"), 7.0),
                        Map.entry(new Series("http_server_requests_seconds_count", "200"), 8.0),
                        Map.entry(new Series("orders_reached_total", "PAID"), 10.0));
    }

    @Test
    void latencies_are_those_of_placed_orders() {
        assertThat(Metrics.of(TEXT).latencies())
                .containsExactly(Map.entry(0.1, 4.0), Map.entry(Double.POSITIVE_INFINITY, 5.0));
    }

    @Test
    void the_families_have_no_suffix() {
        assertThat(Metrics.FAMILIES)
                .contains("http_server_requests_seconds", "orders_reached", "group_commit_batch")
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.endsWith("_total") || name.endsWith("_count"));
        assertThat(Metrics.familiesOf("gateway", true)).containsExactlyElementsOf(Metrics.FAMILIES);
        assertThat(Metrics.familiesOf("order-service", false))
                .contains("outbox_pending")
                .doesNotContain("http_server_requests_seconds", "process_cpu_time_ns", Metrics.MEMORY);
        assertThat(Metrics.familiesOf("order-service", true)).contains("process_cpu_time_ns", Metrics.MEMORY);
    }
}

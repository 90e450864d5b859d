package com.flashsale.load.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void metrics_are_read_by_name_and_queue() {
        var values = Metrics.parse("""
                # HELP group_commit_depth
                group_commit_depth{application="order-service",queue="placement"} 12.0
                gateway_shed_total{cost="JOIN"} 3.0
                gateway_shed_total{cost="ORDER"} 4.0
                something_else 1.0
                """);

        assertThat(values).containsEntry("group_commit_depth.placement", 12.0).containsEntry("gateway_shed_total", 7.0);
        assertThat(values).hasSize(2);
    }
}

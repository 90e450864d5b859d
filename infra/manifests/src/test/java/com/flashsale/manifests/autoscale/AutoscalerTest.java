package com.flashsale.manifests.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.flashsale.manifests.autoscale.Autoscaler.Reading.Backlog;
import com.flashsale.manifests.autoscale.Autoscaler.Reading.Cpu;
import org.junit.jupiter.api.Test;

/** The formulas with the numbers of the documentation of Kubernetes and KEDA. */
class AutoscalerTest {

    private static final String BY_CPU = """
            kind: HorizontalPodAutoscaler
            spec:
              minReplicas: 2
              maxReplicas: 100
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 75}}}]
            """;

    private static final String BY_LAG = """
            kind: ScaledObject
            spec:
              minReplicaCount: 1
              maxReplicaCount: 6
              triggers:
                - {type: kafka, metadata: {lagThreshold: "1000"}}
                - {type: prometheus, metadata: {threshold: "2000"}}
            """;

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Autoscaler cpu(String behavior) {
        return new Autoscaler(yaml(BY_CPU + behavior));
    }

    @Test
    void fifty_pods_at_ninety_per_cent_of_a_target_of_seventy_five_become_sixty() {
        assertThat(cpu("").look(0, 50, new Cpu(45, 50, 0, 1))).isEqualTo(60);
    }

    @Test
    void a_tenth_more_or_less_changes_nothing() {
        assertThat(cpu("").look(0, 10, new Cpu(8.2, 10, 0, 1))).isEqualTo(10);
        assertThat(cpu("").look(0, 10, new Cpu(8.3, 10, 0, 1))).isEqualTo(12);
        assertThat(cpu("").look(0, 10, new Cpu(6.8, 10, 0, 1))).isEqualTo(10);
    }

    @Test
    void pods_that_start_count_as_idle_so_one_burst_is_not_answered_twice() {
        assertThat(cpu("").look(0, 8, new Cpu(6, 4, 4, 1))).isEqualTo(8);
        assertThat(cpu("").look(0, 8, new Cpu(7.2, 4, 4, 1))).isEqualTo(10);
    }

    @Test
    void one_look_adds_the_larger_of_four_pods_and_as_many_again() {
        assertThat(cpu("").look(0, 3, new Cpu(30, 3, 0, 1))).isEqualTo(7);
        assertThat(cpu("").look(0, 10, new Cpu(100, 10, 0, 1))).isEqualTo(20);
    }

    @Test
    void a_period_counts_from_the_pods_at_its_start() {
        var autoscaler = cpu("""
                  behavior:
                    scaleUp: {policies: [{type: Pods, value: 4, periodSeconds: 60}]}
                """);
        assertThat(autoscaler.look(0, 3, new Cpu(30, 3, 0, 1))).isEqualTo(7);
        assertThat(autoscaler.look(15, 7, new Cpu(70, 7, 0, 1))).isEqualTo(7);
        assertThat(autoscaler.look(60, 7, new Cpu(70, 7, 0, 1))).isEqualTo(11);
    }

    @Test
    void fewer_pods_come_after_the_window_and_one_at_a_time() {
        var autoscaler = cpu("""
                  behavior:
                    scaleDown:
                      stabilizationWindowSeconds: 300
                      policies: [{type: Pods, value: 1, periodSeconds: 60}]
                """);
        assertThat(autoscaler.look(0, 10, new Cpu(7.5, 10, 0, 1))).isEqualTo(10);
        for (int second = 15; second < 300; second += 15)
            assertThat(autoscaler.look(second, 10, new Cpu(1, 10, 0, 1))).isEqualTo(10);
        assertThat(autoscaler.look(300, 10, new Cpu(1, 10, 0, 1))).isEqualTo(9);
        assertThat(autoscaler.look(315, 9, new Cpu(1, 9, 0, 1))).isEqualTo(9);
        assertThat(autoscaler.look(360, 9, new Cpu(1, 9, 0, 1))).isEqualTo(8);
    }

    @Test
    void bounds_are_kept_at_once_and_what_was_wanted_is_known() {
        var autoscaler = cpu("");
        assertThat(autoscaler.look(0, 1, new Cpu(0, 1, 0, 1))).isEqualTo(2);
        assertThat(autoscaler.look(15, 90, new Cpu(90, 90, 0, 1))).isEqualTo(100);
        assertThat(autoscaler.wanted()).isEqualTo(120);
        assertThat(autoscaler.look(30, 120, new Cpu(1, 120, 0, 1))).isEqualTo(100);
    }

    @Test
    void the_trigger_that_wants_most_decides() {
        assertThat(new Autoscaler(yaml(BY_LAG)).look(0, 4, new Backlog(4_900))).isEqualTo(5);
        assertThat(new Autoscaler(yaml(BY_LAG)).look(0, 5, new Backlog(4_900))).isEqualTo(5);
        assertThat(new Autoscaler(yaml(BY_LAG)).look(0, 4, new Backlog(9_000))).isEqualTo(6);
        assertThat(new Autoscaler(yaml(BY_LAG)).look(0, 1, new Backlog(0))).isEqualTo(1);
    }
}

package com.flashsale.load.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.PlatformState.Engine;
import com.flashsale.client.platform.PlatformState.Service;
import com.flashsale.load.observe.Processor.Reading;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessorTest {

    private static PlatformState state(@Nullable Long pid) {
        return new PlatformState(
                "EXTERNAL",
                "http://localhost:8080",
                null,
                null,
                null,
                null,
                0,
                List.of(new Service(
                        "order-service",
                        "order-service-1",
                        "READY",
                        "http://order-service:8085",
                        "http://order-service:8185",
                        pid,
                        null,
                        0,
                        0,
                        null,
                        "",
                        null)),
                List.of(new Engine("kafka", "READY", "kafka:9092", pid, null, 0, 0, null, "")));
    }

    @Test
    void a_service_in_a_container_says_itself_what_it_used() {
        var metrics = Metrics.parse("""
                # TYPE process_cpu_time_ns_total counter
                process_cpu_time_ns_total 2.5E9
                process_cpu_usage 0.3
                """);

        var reading = new Processor(state(null))
                .complete(new Reading(Map.of("load generator", 7L), 10, 20), Map.of("order-service-1", metrics));

        assertThat(reading).isEqualTo(new Reading(Map.of("load generator", 7L, "order-service-1", 2_500L), 10, 20));
    }

    @Test
    void a_service_that_says_nothing_has_no_figure_and_an_engine_in_a_container_is_named_as_unseen() {
        var processor = new Processor(state(null));

        assertThat(processor.complete(new Reading(Map.of(), 0, 0), Map.of()).millis())
                .isEmpty();
        assertThat(processor.unseen()).containsExactly("kafka");
    }

    @Test
    void a_process_of_this_machine_is_seen_and_not_asked() {
        var processor = new Processor(state(ProcessHandle.current().pid()));
        var metrics = Map.of("order-service-1", Map.of("process_cpu_time_ns_total", 2.5e9));

        assertThat(processor.complete(new Reading(Map.of(), 0, 0), metrics).millis())
                .isEmpty();
        assertThat(processor.unseen()).isEmpty();
    }
}

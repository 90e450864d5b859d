package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracingTest {

    static final Path AGENT = Path.of("/clone/agent.jar");
    static final ServiceSpec ORDERS = Services.named("order-service").orElseThrow();
    static final URI ZIPKIN = URI.create("http://127.0.0.1:9411/api/v2/spans");

    @Test
    void a_service_carries_no_agent_without_a_request_for_it() {
        assertThat(command(ORDERS, null)).noneMatch(option -> option.contains("otel") || option.contains("javaagent"));
        var ofGateway = new Tracing(AGENT, ZIPKIN, 1, Set.of("gateway"));
        assertThat(command(ORDERS, ofGateway)).isEqualTo(command(ORDERS, null));
    }

    @Test
    void the_address_says_which_protocol_is_spoken() {
        assertThat(command(ORDERS, new Tracing(AGENT, ZIPKIN, 1, Set.of())))
                .contains(
                        "-javaagent:/clone/agent.jar",
                        "-Dotel.service.name=order-service",
                        "-Dotel.traces.exporter=zipkin",
                        "-Dotel.exporter.zipkin.endpoint=" + ZIPKIN);
        var otlp = URI.create("http://127.0.0.1:4318/v1/traces");
        assertThat(command(ORDERS, new Tracing(AGENT, otlp, 1, Set.of())))
                .contains("-Dotel.traces.exporter=otlp", "-Dotel.exporter.otlp.traces.endpoint=" + otlp);
    }

    @Test
    void the_gateway_decides_what_is_recorded_and_the_others_follow() {
        var tracing = new Tracing(AGENT, ZIPKIN, 0.01, Set.of());
        assertThat(command(Services.GATEWAY, tracing))
                .contains("-Dotel.traces.sampler=traceidratio", "-Dotel.traces.sampler.arg=0.010000");
        assertThat(command(ORDERS, tracing)).contains("-Dotel.traces.sampler=parentbased_traceidratio");
    }

    @Test
    void a_wrong_choice_is_refused_before_anything_starts() {
        assertThatThrownBy(() -> new Tracing(AGENT, ZIPKIN, 1.5, Set.of())).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> new Tracing(AGENT, ZIPKIN, 1, Set.of("orders")))
                .hasMessageContaining("orders");
    }

    private static List<String> command(ServiceSpec service, @Nullable Tracing tracing) {
        return JavaCommand.of(
                service,
                new App(Path.of("app.jar")),
                Path.of("tmp"),
                new RunMode(Jvm.quick, RunMode.Recording.NONE, tracing));
    }
}

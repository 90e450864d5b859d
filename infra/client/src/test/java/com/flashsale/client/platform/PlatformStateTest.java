package com.flashsale.client.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.engines.ProcessIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformStateTest {

    private static final ProcessIdentity SELF =
            ProcessIdentity.of(ProcessHandle.current().pid()).orElseThrow();
    private static final ProcessIdentity SAME_PID_LATER = new ProcessIdentity(SELF.pid(), "another start");

    @TempDir
    Path directory;

    @Test
    void the_document_has_the_names_that_scripts_rely_on() {
        var json = Json.tree(Json.pretty(stateOf(SELF).measured()));

        assertThat(json.path("state").asString()).isEqualTo("READY");
        assertThat(json.path("gateway").asString()).isEqualTo("http://localhost:8080");
        var service = json.path("services").get(0);
        assertThat(service.propertyNames())
                .contains("name", "state", "url", "managementUrl", "pid", "rssBytes", "restarts");
        assertThat(service.path("pid").asLong()).isEqualTo(SELF.pid());
        assertThat(service.path("rssBytes").asLong()).isPositive();
        assertThat(json.path("engines").get(0).propertyNames()).contains("name", "url", "pid", "rssBytes");
    }

    @Test
    void a_service_is_found_by_its_name() {
        var state = stateOf(SELF);

        assertThat(state.urlOf(state.services().getFirst().name()))
                .isEqualTo(state.services().getFirst().url());
        assertThatThrownBy(() -> state.urlOf("no-service"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("names no service no-service");
    }

    @Test
    void a_written_state_is_read_again() {
        var file = new StateFile(new Home(directory));

        file.write(stateOf(SELF));

        assertThat(file.running()).contains(stateOf(SELF));
    }

    @Test
    void a_state_whose_supervisor_is_gone_is_not_running_even_if_another_process_has_its_pid() {
        var file = new StateFile(new Home(directory));

        file.write(stateOf(SAME_PID_LATER));

        assertThat(file.running()).isEmpty();
        assertThat(file.now()).isEqualTo(PlatformState.stopped());
    }

    @Test
    void without_a_state_nothing_runs() {
        var json = Json.tree(Json.pretty(new StateFile(new Home(directory)).now()));

        assertThat(json.path("state").asString()).isEqualTo("STOPPED");
        assertThat(json.path("services")).isEmpty();
    }

    private static PlatformState stateOf(ProcessIdentity process) {
        var service = new PlatformState.Service(
                "order-service",
                "order-service",
                "READY",
                "http://localhost:8085",
                "http://localhost:8185",
                process.pid(),
                process.started(),
                0,
                1,
                9.5,
                "",
                "1.0.0+3fa9c2d1");
        var engine = new PlatformState.Engine(
                "redis", "READY", "redis://127.0.0.1:8131", process.pid(), process.started(), 0, 0, 0.3, "");
        return new PlatformState(
                "READY",
                "http://localhost:8080",
                8080,
                Instant.parse("2026-11-27T12:00:00Z"),
                31.0,
                new PlatformState.Supervisor(process.pid(), process.started(), 0),
                0,
                List.of(service),
                List.of(engine));
    }
}

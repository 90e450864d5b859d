package com.flashsale.platform.switches;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.SmartLifecycle;

/** The poll against real servers that answer, refuse, are silent or write nonsense. */
class SwitchPollTest {

    /** The longest time from the change of a switch until a replica obeys. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** {@code WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE}, which is not in this module. */
    private static final int PHASE_OF_WEB_SERVERS = SmartLifecycle.DEFAULT_PHASE - 2048;

    private static final SwitchSettings SETTINGS = new SwitchSettings(
            List.of("heat"),
            "house",
            "/internal/v1/switches",
            Duration.ofMillis(500),
            Duration.ofMillis(250),
            Duration.ofMillis(400));

    private final Switches switches = new Switches(SETTINGS.names(), new SimpleMeterRegistry());
    private final Switch heat = switches.named("heat");
    private final List<URI> instances = new CopyOnWriteArrayList<>();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<URI, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final SwitchPoll poll =
            new SwitchPoll(switches, new SwitchQuestion(SETTINGS), () -> instances, SETTINGS.every());
    private volatile String text = "heat on\n";
    private volatile int status = 200;

    @AfterEach
    void end() {
        poll.stop();
        switches.close();
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void a_process_asks_before_its_start_is_over() throws IOException {
        answering();
        text = "heat off\n";
        var once = new SwitchPoll(switches, new SwitchQuestion(SETTINGS), () -> instances, Duration.ofHours(1));

        once.start();

        await().atMost(LIMIT).until(() -> !heat.isOn());
        once.stop();
        assertThat(once.isRunning()).isFalse();
        assertThat(once.getPhase()).isLessThan(PHASE_OF_WEB_SERVERS);
    }

    @Test
    void a_process_obeys_within_two_seconds() throws IOException {
        answering();
        text = "heat off\n";
        poll.start();
        await().atMost(LIMIT).until(() -> !heat.isOn());

        text = "heat on\n";
        await().atMost(LIMIT).until(heat::isOn);
    }

    @Test
    void a_start_without_an_instance_does_not_wait() {
        var begun = System.nanoTime();

        poll.start();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LIMIT);
        assertThat(heat.isOn()).isTrue();
    }

    @Test
    void a_silent_instance_costs_less_than_two_seconds() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            instances.add(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            answering();
            poll.start();

            for (var on : List.of(false, true, false)) {
                text = "heat " + (on ? "on" : "off");
                await().atMost(LIMIT).until(() -> heat.isOn() == on);
            }
        }
    }

    @Test
    void the_last_state_holds_while_no_instance_answers() throws IOException {
        text = "heat off\n";
        var server = answering();
        poll.ask();
        await().until(() -> !heat.isOn());
        server.stop(0);

        for (int i = 0; i < 3; i++) poll.ask();
        instances.clear();
        poll.ask();

        assertThat(heat.isOn()).isFalse();
    }

    @Test
    void an_instance_that_fails_is_left_for_another() throws IOException {
        var broken = answering();
        var fine = answering();
        broken.stop(0);
        for (int i = 0; i < 5; i++) poll.ask();

        assertThat(asked.get(address(fine)).get()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>off</html>",
                "heat",
                "heat OFF",
                "heat off now",
                " heat off",
                "off",
                "{\"heat\":false}"
            })
    void nonsense_changes_nothing(String nonsense) throws IOException {
        text = nonsense;
        answering();
        poll.ask();

        text = "more off\nheat on\n";
        poll.ask();
        assertThat(SwitchQuestion.parsed(nonsense)).doesNotContainKey("heat");
        assertThat(heat.isOn()).isTrue();
    }

    @Test
    void an_answer_without_an_end_and_an_error_change_nothing() throws IOException {
        text = "heat off\n" + "x".repeat(100_000);
        answering();
        poll.ask();
        assertThat(heat.isOn()).isTrue();

        status = 404;
        text = "heat off\n";
        poll.ask();
        assertThat(heat.isOn()).isTrue();

        status = 200;
        poll.ask();
        await().until(() -> !heat.isOn());
    }

    private HttpServer answering() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var address = address(server);
        asked.put(address, new AtomicInteger());
        server.createContext(SETTINGS.path(), exchange -> {
            asked.get(address).incrementAndGet();
            var body = text.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        servers.add(server);
        instances.add(address);
        return server;
    }

    private static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}

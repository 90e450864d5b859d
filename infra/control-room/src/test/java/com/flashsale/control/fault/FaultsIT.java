package com.flashsale.control.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.client.Home;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.Secrets;
import com.flashsale.client.topology.Ports;
import com.flashsale.control.live.Marker;
import com.flashsale.control.live.Timeline;
import com.flashsale.engines.ProcessIdentity;
import com.flashsale.engines.RedisEngine;
import com.flashsale.engines.ThrowawayEngines;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis that is frozen and goes on. */
class FaultsIT {

    private static final Fault FREEZE = Fault.named("freeze-redis").orElseThrow();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int REDIS = 51;

    @TempDir
    Path directory;

    private final ThrowawayEngines engines = new ThrowawayEngines();
    private final Timeline timeline = new Timeline(Clock.systemUTC());
    private RedisEngine redis;
    private Probe probe;
    private Faults faults;

    @BeforeEach
    void start() {
        redis = engines.redis();
        var home = new Home(directory);
        var ports = new Ports(redis.port() - REDIS);
        var context = new Context(home, ports, Secrets.at(home.secrets()));
        probe = new Probe(context.addresses());
        faults = new Faults(context, this::state, timeline, Fault.all());
    }

    @AfterEach
    void stop() {
        faults.close();
        engines.close();
    }

    private PlatformState state() {
        var process = ProcessIdentity.of(redis.pid()).orElseThrow();
        var engine = new PlatformState.Engine(
                "redis", "READY", redis.url(), process.pid(), process.started(), 0, 0, null, "");
        return new PlatformState("READY", null, null, null, null, null, 0, List.of(), List.of(engine));
    }

    private boolean answers() {
        return probe.engineAnswers("redis");
    }

    @Test
    void a_fault_ends_by_itself_and_says_so() {
        var outcome = faults.begin(FREEZE, Duration.ofSeconds(2));

        assertThat(outcome).isInstanceOf(Faults.Outcome.Begun.class);
        await().atMost(PATIENCE).until(() -> !answers());
        await().atMost(PATIENCE).until(() -> faults.active().isEmpty());
        assertThat(answers()).isTrue();
        assertThat(timeline.all()).extracting(Marker::text).first().asString().contains("redis is frozen");
        assertThat(timeline.all().getLast().text()).startsWith("redis is well again, after");
        assertThat(timeline.all().getLast().grave()).isFalse();
    }

    @Test
    void a_target_has_one_fault_at_a_time() {
        faults.begin(FREEZE, LONG);

        assertThat(faults.begin(FREEZE, LONG))
                .isInstanceOfSatisfying(
                        Faults.Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("a fault already"));
    }

    @Test
    void healing_ends_a_long_fault_at_once() {
        faults.begin(FREEZE, LONG);
        await().atMost(PATIENCE).until(() -> !answers());

        faults.heal();

        await().atMost(PATIENCE).until(this::answers);
    }

    @Test
    void a_stop_lets_frozen_processes_go_on_and_takes_no_more_faults() {
        faults.begin(FREEZE, LONG);
        await().atMost(PATIENCE).until(() -> !answers());

        faults.close();

        assertThat(answers()).isTrue();
        assertThat(faults.begin(FREEZE, LONG)).isInstanceOf(Faults.Outcome.Refused.class);
    }

    @Test
    void a_target_that_does_not_run_gets_no_fault() {
        assertThat(faults.begin(Fault.named("freeze-kafka").orElseThrow(), LONG))
                .isInstanceOfSatisfying(
                        Faults.Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("is not ready"));
    }
}

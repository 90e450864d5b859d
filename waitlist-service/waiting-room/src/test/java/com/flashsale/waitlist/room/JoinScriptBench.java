package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.RedisCallback;

/**
 * Processor time of Redis for a join, by the number of joins that share a call. By {@code FLASHSALE_ENGINES=embedded
 * ./flashsale test -pl waitlist-service/waiting-room -am -Dtest=JoinScriptBench
 * -Dsurefire.failIfNoSpecifiedTests=false}; it is no test and judges nothing.
 */
class JoinScriptBench {

    private static final int JOINS = 30_000;
    private static final int TURNS = 3;
    private static final long EPOCH = 1;
    private static final int CEILING = 10_000_000;

    /** All customers wait, or each has a turn at once. */
    private static final int ONE_A_SECOND = 1;

    private static final int ALL_AT_ONCE = 1_000_000;

    private final RoomScriptRunner runner = new RoomScriptRunner(ScriptRedis.TEMPLATE, new SimpleMeterRegistry());

    @Test
    void join() {
        for (int turn = 0; turn < TURNS; turn++) {
            for (int together : List.of(1, 4, 16, 64)) {
                System.out.printf(
                        "cost  %2d joins a call  %5.1f us of Redis for one that waits, %5.1f for one with a turn%n",
                        together, micros(together, ONE_A_SECOND), micros(together, ALL_AT_ONCE));
            }
        }
    }

    private double micros(int together, int turnsPerSecond) {
        var sale = new SaleId(UUID.randomUUID());
        var terms = terms(turnsPerSecond);
        runner.run(sale, EPOCH, terms, new ScriptArguments.Rebuild.Begin(0, 0, CEILING, CEILING, 0, 0, ""));
        runner.run(sale, EPOCH, terms, new ScriptArguments.Rebuild.End());
        double before = processorSeconds();
        for (int joined = 0; joined < JOINS; joined += together) {
            runner.run(sale, EPOCH, terms, new ScriptArguments.Joins(joins(together)));
        }
        return (processorSeconds() - before) * 1e6 / JOINS;
    }

    private static List<ScriptArguments.Join> joins(int count) {
        return Stream.generate(() -> new ScriptArguments.Join(UUID.randomUUID(), UUID.randomUUID(), null, null))
                .limit(count)
                .toList();
    }

    private static String terms(int turnsPerSecond) {
        var now = Instant.now();
        return """
                {"opensAt":%d,"endsAt":%d,"lobbyFrom":0,"paused":false,"admits":true,"pausedMs":0,"limit":1,\
                "factorMillionths":1000000,"crowd":%d,"allotted":%d,"rate":%d,"turnMs":600000,\
                "admissionMs":600000,"graceMs":0,"keptUntil":%d,"version":1,"lobby":0}""".formatted(
                        now.minus(Duration.ofMinutes(1)).toEpochMilli(),
                        now.plus(Duration.ofHours(1)).toEpochMilli(),
                        CEILING,
                        CEILING,
                        turnsPerSecond,
                        now.plus(Duration.ofHours(2)).toEpochMilli());
    }

    private static double processorSeconds() {
        var cpu = ScriptRedis.TEMPLATE.execute((RedisCallback<Properties>)
                connection -> connection.serverCommands().info("cpu"));
        return Double.parseDouble(cpu.getProperty("used_cpu_user"))
                + Double.parseDouble(cpu.getProperty("used_cpu_sys"));
    }
}

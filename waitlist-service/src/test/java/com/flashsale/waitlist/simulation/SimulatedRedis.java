package com.flashsale.waitlist.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A real Redis with a clock that the run moves: the scripts run as they are, behind a few lines that answer
 * {@code TIME} and {@code INFO} for them. It can lose a command, a reply, or everything.
 */
final class SimulatedRedis extends StringRedisTemplate {

    private static final String SIMULATION = "simulation";
    private static final String PRELUDE = """
            local real_redis = redis
            local simulated = real_redis.call('HMGET', 'simulation', 'seconds', 'micros', 'run')
            local redis = setmetatable({ call = function(command, ...)
                if command == 'TIME' then return { simulated[1], simulated[2] } end
                if command == 'INFO' then return 'run_id:' .. simulated[3] end
                return real_redis.call(command, ...)
            end }, { __index = real_redis })
            """;

    enum Fault {
        NONE,
        LOST_COMMAND,
        LOST_REPLY
    }

    private final Map<String, RedisScript<?>> shadowed = new ConcurrentHashMap<>();
    private final Map<String, String> planted = new ConcurrentHashMap<>();
    private Instant now = Instant.EPOCH;
    private int run;
    private Fault armed = Fault.NONE;
    private int after;

    SimulatedRedis(RedisConnectionFactory connections) {
        super(connections);
    }

    void setTime(Instant time) {
        now = time;
        opsForHash()
                .putAll(
                        SIMULATION,
                        Map.of(
                                "seconds", Long.toString(time.getEpochSecond()),
                                "micros", Integer.toString(time.getNano() / 1_000),
                                "run", "%040x".formatted(run)));
    }

    /** FLUSHALL, as far as it is ours. */
    void loseEverything() {
        execute(
                connection -> {
                    connection.serverCommands().flushDb();
                    return true;
                },
                true);
        setTime(now);
    }

    /** A server that was started again, empty. */
    void restart() {
        run++;
        loseEverything();
    }

    /** The n-th script from now, counted from 1. */
    void arm(Fault fault, int script) {
        armed = fault;
        after = script;
    }

    void disarm() {
        armed = Fault.NONE;
    }

    /** A planted bug: wherever a script contains the one text, it is run with the other. */
    void plant(String text, String instead) {
        planted.put(text, instead);
        shadowed.clear();
    }

    void removePlanted() {
        planted.clear();
        shadowed.clear();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T execute(RedisScript<T> script, List<String> keys, Object... arguments) {
        var fires = armed != Fault.NONE && --after == 0;
        var fault = fires ? armed : Fault.NONE;
        if (fires) armed = Fault.NONE;
        if (fault == Fault.LOST_COMMAND) throw new RedisConnectionFailureException("simulated: the command was lost");
        var reply = super.execute(
                (RedisScript<T>) shadowed.computeIfAbsent(script.getScriptAsString(), text -> shadow(text, script)),
                keys,
                arguments);
        if (fault == Fault.LOST_REPLY) throw new RedisConnectionFailureException("simulated: the reply was lost");
        return reply;
    }

    private <T> RedisScript<T> shadow(String text, RedisScript<T> script) {
        var changed = text;
        for (var bug : planted.entrySet()) changed = changed.replace(bug.getKey(), bug.getValue());
        var type = script.getResultType();
        if (type == null) throw new IllegalStateException("a script without a result");
        var body = changed.startsWith("#!") ? changed.indexOf('\n') + 1 : 0;
        return new DefaultRedisScript<>(changed.substring(0, body) + PRELUDE + changed.substring(body), type);
    }

    /** Runs what the simulation itself wants to know, undisturbed. */
    <T> @Nullable T ask(RedisScript<T> script, List<String> keys) {
        return super.execute(script, keys);
    }
}

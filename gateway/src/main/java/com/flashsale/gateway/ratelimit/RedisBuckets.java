package com.flashsale.gateway.ratelimit;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.reactive.RedisReactiveCommands;
import jakarta.annotation.PreDestroy;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Token buckets shared by all gateways. No call ever waits on an event loop: without a connection it fails at once. */
@Component
class RedisBuckets {

    private static final Logger log = LoggerFactory.getLogger(RedisBuckets.class);
    private static final int MOST_QUEUED = 10_000;
    private static final Duration SHUTDOWN = Duration.ofSeconds(1);

    private final RedisClient client;
    private final Duration timeout;
    private final String script;
    private volatile @Nullable RedisReactiveCommands<String, String> redis;
    private volatile boolean failing;

    RedisBuckets(LimitSettings settings) throws IOException {
        script = new ClassPathResource("limit/take.lua").getContentAsString(StandardCharsets.UTF_8);
        timeout = settings.redis().timeout();
        client = RedisClient.create(uri(settings.redis()));
        client.setOptions(ClientOptions.builder()
                .sslOptions(trust(settings.redis().certificateAuthority()))
                .autoReconnect(true)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_QUEUED)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.redis().connectTimeout())
                        .build())
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .build());
    }

    /** Runs until the first connection is made; after that the driver reconnects by itself. */
    @Scheduled(fixedDelayString = "PT1S")
    void connect() {
        if (redis != null) return;
        try {
            redis = client.connect().reactive();
        } catch (RedisException e) {
            if (!failing) log.warn("no connection to Redis, limits count for this process alone: {}", e.toString());
            failing = true;
        }
    }

    /**
     * Takes a token in Redis. Fails when Redis does not answer in time; the caller then decides alone.
     *
     * @param unreported earlier requests of the same caller that this process admitted alone; they count now
     */
    Mono<Decision> take(String key, Limit limit, int unreported) {
        var commands = redis;
        if (commands == null) return Mono.error(new RedisException("not connected yet"));
        var keys = new String[] {"gateway:limit:" + limit.name() + ":" + key};
        var interval = Long.toString(Math.round(limit.intervalMicros()));
        var burst = Integer.toString(limit.burst());
        var before = Integer.toString(unreported);
        return commands.<List<Long>>evalsha(
                        commands.digest(script), ScriptOutputType.MULTI, keys, interval, burst, before)
                .onErrorResume(
                        RedisNoScriptException.class,
                        _ -> commands.eval(script, ScriptOutputType.MULTI, keys, interval, burst, before))
                .next()
                .timeout(timeout)
                .map(RedisBuckets::decision);
    }

    @PreDestroy
    void close() {
        client.shutdown(Duration.ZERO, SHUTDOWN);
    }

    private static Decision decision(List<Long> answer) {
        return new Decision(answer.get(0) == 1, answer.get(1), Duration.ofMillis(answer.get(2)));
    }

    private static RedisURI uri(LimitSettings.Redis settings) {
        var uri = RedisURI.builder()
                .withHost(settings.host())
                .withPort(settings.port())
                .withSsl(!settings.certificateAuthority().isEmpty())
                .withTimeout(settings.connectTimeout());
        var password = settings.password().toCharArray();
        if (!settings.user().isEmpty()) uri.withAuthentication(settings.user(), password);
        else if (password.length > 0) uri.withPassword(password);
        return uri.build();
    }

    private static SslOptions trust(String certificateAuthority) {
        if (certificateAuthority.isEmpty()) return SslOptions.create();
        return SslOptions.builder().trustManager(new File(certificateAuthority)).build();
    }
}

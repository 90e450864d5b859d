package com.flashsale.load.observe;

import com.flashsale.load.platform.Target;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Optional;

/** Where the platform's Redis is. */
public final class RedisServer {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RedisServer() {}

    /** Empty where the description of the platform names none. */
    public static Optional<RedisURI> of(Target target) {
        return target.redis()
                .map(server -> RedisURI.builder()
                        .withHost(server.substring(0, server.lastIndexOf(':')))
                        .withPort(Integer.parseInt(server.substring(server.lastIndexOf(':') + 1)))
                        .withPassword(
                                target.context().secrets().password("redis").toCharArray())
                        .withTimeout(PATIENCE)
                        .build());
    }
}

package com.flashsale.load.observe;

import com.flashsale.load.platform.Target;
import io.lettuce.core.RedisURI;
import java.time.Duration;

/** Where the platform's Redis is. */
public final class RedisServer {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private RedisServer() {}

    public static RedisURI of(Target target) {
        return RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(target.context().ports().redis())
                .withPassword(target.context().secrets().password("redis").toCharArray())
                .withTimeout(PATIENCE)
                .build();
    }
}

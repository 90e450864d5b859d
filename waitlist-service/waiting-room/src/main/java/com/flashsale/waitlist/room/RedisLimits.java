package com.flashsale.waitlist.room;

import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A Redis that is away is known at once, and one that hangs collects no heap of requests. */
@Configuration(proxyBeanMethods = false)
class RedisLimits {

    private static final int MOST_OUTSTANDING = 20_000;

    @Bean
    LettuceClientOptionsBuilderCustomizer failFast() {
        return options -> options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_OUTSTANDING);
    }
}

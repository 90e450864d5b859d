package com.flashsale.load.raw;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.engines.ThrowawayEngines;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The script is waitlist-service's own: what it asks for may change, and a benchmark that fails would be noticed late.
 */
class RawRedisIT {

    private static final Path SCRIPTS = Path.of("../waitlist-service/waiting-room/src/main/resources/lua");

    @Test
    void the_ticket_script_admits_as_it_does_in_the_service() throws Exception {
        try (var engines = new ThrowawayEngines()) {
            var redis = engines.redis();
            var server = RedisURI.builder()
                    .withHost("127.0.0.1")
                    .withPort(redis.port())
                    .withPassword(redis.password().toCharArray())
                    .withTimeout(Duration.ofSeconds(5))
                    .build();
            try (var raw = new RawRedis(server, SCRIPTS)) {
                assertThat(raw.measure(Duration.ofMillis(200)).rate()).isPositive();
            }
        }
    }
}

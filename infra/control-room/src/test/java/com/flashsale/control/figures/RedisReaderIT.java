package com.flashsale.control.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.engines.ThrowawayEngines;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RedisReaderIT {

    @Test
    void redis_tells_its_memory_and_its_clients() throws IOException {
        try (var engines = new ThrowawayEngines()) {
            var engine = engines.redis();
            try (var reader = new RedisReader("127.0.0.1:" + engine.port(), engine.password())) {
                var redis = reader.read();

                assertThat(redis.usedBytes()).isGreaterThan(100_000);
                assertThat(redis.clients()).isPositive();
                assertThat(redis.evictedKeys()).isZero();
                assertThat(redis.roundTripMillis()).isPositive();
                assertThat(reader.read().usedBytes()).isPositive();
            }
        }
    }

    @Test
    void a_redis_that_is_away_is_an_exception() {
        try (var reader = new RedisReader("127.0.0.1:1", "password")) {
            assertThatExceptionOfType(IOException.class).isThrownBy(reader::read);
        }
    }
}

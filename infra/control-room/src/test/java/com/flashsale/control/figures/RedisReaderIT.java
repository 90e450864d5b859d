package com.flashsale.control.figures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.engines.ThrowawayEngines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
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
    void a_user_who_may_only_read_figures_is_enough() throws IOException {
        try (var engines = new ThrowawayEngines()) {
            var engine = engines.redis();
            assertThat(said(engine.port(), "AUTH " + engine.password())).isEqualTo("+OK");
            try (var reader = new RedisReader("figures@127.0.0.1:" + engine.port(), "of-the-user")) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(reader::read)
                        .withMessageContaining("WRONGPASS");
                said(
                        engine.port(),
                        "AUTH " + engine.password(),
                        "ACL SETUSER figures on >of-the-user nocommands +info");
                assertThat(reader.read().usedBytes()).isGreaterThan(100_000);
            }
        }
    }

    /** The response to the last of these commands. */
    private static String said(int port, String... commands) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            var response = "";
            for (var command : commands) {
                socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
                response = in.readLine();
            }
            return response;
        }
    }

    @Test
    void a_redis_that_is_away_is_an_exception() {
        try (var reader = new RedisReader("127.0.0.1:1", "password")) {
            assertThatExceptionOfType(IOException.class).isThrownBy(reader::read);
        }
    }
}

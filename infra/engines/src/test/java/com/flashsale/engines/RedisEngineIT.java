package com.flashsale.engines;

import static com.flashsale.engines.Fixtures.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisEngineIT {

    static final String PASSWORD = "a-password";

    @TempDir
    Path directory;

    RedisEngine redis;

    @BeforeEach
    void start() {
        redis = new RedisEngine(
                new RedisSettings(Ports.free(), Fixtures.filesIn(directory, "redis"), PASSWORD, 32), null);
        redis.start(TIMEOUT);
    }

    @AfterEach
    void end() {
        redis.kill();
    }

    @Test
    void it_asks_for_the_password() throws IOException {
        assertThat(say("PING")).contains("NOAUTH");
        assertThat(say("AUTH " + PASSWORD, "PING")).contains("+PONG");
        assertThatThrownBy(() -> new RedisSettings(1, Fixtures.filesIn(directory, "redis"), "two words"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void it_is_limited_and_refuses_instead_of_forgetting() throws IOException {
        assertThat(say("AUTH " + PASSWORD, "CONFIG GET maxmemory*")).contains("33554432", "noeviction");
        assertThat(say("AUTH " + PASSWORD, "INFO server")).contains("redis_version:7.0.15");
    }

    @Test
    void it_starts_again_after_a_stop_and_a_kill_and_is_empty() throws IOException {
        say("AUTH " + PASSWORD, "SET key value");
        redis.stop();
        assertThat(redis.pid()).isEqualTo(-1);
        redis.start(TIMEOUT);
        redis.kill();
        assertThat(redis.isReady()).isFalse();
        redis.start(TIMEOUT);
        assertThat(say("AUTH " + PASSWORD, "DBSIZE")).contains(":0");
    }

    private String say(String... commands) throws IOException {
        try (var socket = new Socket("127.0.0.1", redis.port())) {
            var request = String.join("\r\n", commands) + "\r\nQUIT\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}

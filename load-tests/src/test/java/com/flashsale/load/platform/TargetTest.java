package com.flashsale.load.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.platform.Context;
import com.flashsale.client.platform.PlatformState;
import com.flashsale.client.platform.PlatformState.Engine;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a load test looks for a platform that others run. */
class TargetTest {

    @TempDir
    Path directory;

    private Target described(String gateway, Engine... more) {
        var engines = new java.util.ArrayList<>(
                List.of(engine("postgresql", "postgres:5432"), engine("kafka", "kafka:9092")));
        engines.addAll(List.of(more));
        var state = new PlatformState("EXTERNAL", gateway, null, null, null, null, 0, List.of(), engines);
        return new Target(Context.of(new Home(directory), state), state);
    }

    private static Engine engine(String name, String url) {
        return new Engine(name, "READY", url, null, null, 0, 0, null, "");
    }

    @Test
    void everything_is_where_the_description_says() {
        var target = described("http://localhost:18080", engine("redis", "redis:6379"));

        assertThat(target.gateway()).isEqualTo(new InetSocketAddress("localhost", 18_080));
        assertThat(target.kafka()).isEqualTo("kafka:9092");
        assertThat(target.redis()).contains("redis:6379");
    }

    @Test
    void a_redis_of_the_local_platform_has_a_url() {
        assertThat(described("http://localhost:8080", engine("redis", "redis://127.0.0.1:8131"))
                        .redis())
                .contains("127.0.0.1:8131");
    }

    @Test
    void a_platform_that_keeps_its_redis_to_itself_can_be_measured() {
        assertThat(described("http://gateway:8080").redis()).isEmpty();
    }

    @Test
    void an_injector_without_tls_says_so() {
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> described("https://shop.flash-sale.example").gateway());
    }
}

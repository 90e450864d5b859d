package com.flashsale.gateway.fastpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StalledConnectionHandlerTest {

    private static final Duration PATIENCE = Duration.ofMillis(100);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final StalledConnectionHandler watch = new StalledConnectionHandler(PATIENCE);
    private final EmbeddedChannel channel = new EmbeddedChannel(watch);

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void a_head_that_dribbles_in_ends_the_connection() {
        await().atMost(SOON).until(() -> {
            if (channel.isOpen()) channel.writeInbound(Unpooled.copiedBuffer(new byte[] {'G'}));
            channel.runPendingTasks();
            return !channel.isOpen();
        });
    }

    @Test
    void a_client_that_waits_for_its_response_or_says_nothing_is_left_alone() {
        channel.writeInbound(Unpooled.copiedBuffer(new byte[] {'G'}));
        watch.headRead();

        await().during(PATIENCE.multipliedBy(5)).atMost(SOON).until(() -> {
            channel.runPendingTasks();
            return channel.isOpen();
        });
        watch.requestRead();
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();
    }
}

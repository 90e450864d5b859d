package com.flashsale.gateway;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenBuffersTest {

    @Test
    void a_buffer_that_is_not_released_is_a_failure_once() {
        var buffer = ByteBufAllocator.DEFAULT.directBuffer(1);

        assertThatThrownBy(() -> OpenBuffers.awaitNone(Duration.ofMillis(50))).isInstanceOf(AssertionError.class);
        assertThatCode(() -> OpenBuffers.awaitNone()).doesNotThrowAnyException();
        buffer.release();
    }

    @Test
    void a_released_buffer_is_none() {
        ByteBufAllocator.DEFAULT.directBuffer(1).release();

        assertThatCode(() -> OpenBuffers.awaitNone()).doesNotThrowAnyException();
    }
}

package com.flashsale.gateway;

import static org.awaitility.Awaitility.await;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_ATTR;
import static org.springframework.cloud.gateway.support.ServerWebExchangeUtils.CLIENT_RESPONSE_CONN_ATTR;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * A response that arrives in the moment in which the gateway stops waiting for it. The test holds it back in a filter,
 * so nothing is forwarded on the connection.
 */
@TestPropertySource(properties = "gateway.forward.enabled=false")
class AbandonedResponseIT extends OrderCalls {

    private static final AtomicReference<Connection> UPSTREAM = new AtomicReference<>();

    @TestConfiguration
    static class Late {

        @Bean
        GlobalFilter late() {
            return new LateResponse();
        }
    }

    @Test
    void its_buffers_are_released_and_its_connection_ends() {
        everyOrder(StubService.json(200, "{}"));

        order("POST").exchange().expectAll(problem(504, "GATEWAY_TIMEOUT"));

        await().until(() -> UPSTREAM.get() != null);
        await().atMost(Duration.ofSeconds(20)).until(() -> UPSTREAM.get().isDisposed());
        OpenBuffers.awaitNone();
    }

    /** Holds a response back until the gateway has looked for it and has found none. */
    private static final class LateResponse implements GlobalFilter, Ordered {

        @Override
        public int getOrder() {
            return NettyWriteResponseFilter.WRITE_RESPONSE_FILTER_ORDER - 1;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
            var attributes = new LateAttributes(exchange.getAttributes());
            return chain.filter(new ServerWebExchangeDecorator(exchange) {
                @Override
                public Map<String, Object> getAttributes() {
                    return attributes;
                }
            });
        }
    }

    private static final class LateAttributes extends ConcurrentHashMap<String, Object> {

        private static final long serialVersionUID = 1L;

        private final transient CountDownLatch lookedFor = new CountDownLatch(1);

        LateAttributes(Map<String, Object> before) {
            super(before);
        }

        @Override
        public @Nullable Object get(Object name) {
            var value = super.get(name);
            if (name.equals(CLIENT_RESPONSE_CONN_ATTR)) lookedFor.countDown();
            return value;
        }

        @Override
        public @Nullable Object put(String name, Object value) {
            if (name.equals(CLIENT_RESPONSE_ATTR)) awaitLook();
            if (value instanceof Connection upstream) UPSTREAM.set(upstream);
            return super.put(name, value);
        }

        private void awaitLook() {
            try {
                if (!lookedFor.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("There was no time limit.");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

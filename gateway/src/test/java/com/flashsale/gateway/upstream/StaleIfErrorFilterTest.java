package com.flashsale.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.gateway.Heap;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

class StaleIfErrorFilterTest {

    private static final DataSize ALL = DataSize.ofMegabytes(2);

    private final StaleIfErrorFilter kept = new StaleIfErrorFilter(
            new FallbackSettings(DataSize.ofKilobytes(64), ALL, Duration.ofHours(1)), new SimpleMeterRegistry());

    @Test
    void distinct_queries_of_any_length_take_no_more_than_the_bound() {
        var grown = Heap.grownBy(() -> {
            for (var i = 0; i < 15_000; i++) ask("p=" + UUID.randomUUID() + "a".repeat(i % 2 == 0 ? 440 : 7_900));
        });

        assertThat(grown).isLessThan(3 * ALL.toBytes());
        ask("state=OPEN");
        assertThat(status("state=OPEN")).isEqualTo(HttpStatus.OK);
    }

    /** With the service up. */
    private void ask(String query) {
        kept.filter(exchange(query), exchange -> {
                    exchange.getResponse().setStatusCode(HttpStatus.OK);
                    var body = exchange.getResponse().bufferFactory().wrap(new byte[31]);
                    return exchange.getResponse().writeWith(Mono.just(body));
                })
                .block();
    }

    /** With the service down. */
    private Object status(String query) {
        ServerWebExchange exchange = exchange(query);
        kept.filter(exchange, _ -> Mono.error(new IllegalStateException("down")))
                .block();
        return exchange.getResponse().getStatusCode();
    }

    private static MockServerWebExchange exchange(String query) {
        return MockServerWebExchange.from(MockServerHttpRequest.get("/api/v1/sales?" + query));
    }
}

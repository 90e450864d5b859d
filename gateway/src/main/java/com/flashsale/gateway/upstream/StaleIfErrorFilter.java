package com.flashsale.gateway.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayOutputStream;
import java.time.InstantSource;
import org.reactivestreams.Publisher;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the last good response of each public read and serves it when the service fails ({@code stale-if-error}, RFC
 * 5861): an old price list beats an error page.
 */
@Component
public class StaleIfErrorFilter implements GatewayFilter, Ordered {

    /** Outside the filter that writes the response (-1), to see what it writes. */
    private static final int ORDER = -2;

    private static final int LONGEST_QUERY = 512;

    private final long maxResponse;
    private final Cache<String, CachedResponse> responses;
    private final Counter served;
    private final InstantSource clock = InstantSource.system();

    StaleIfErrorFilter(FallbackSettings settings, MeterRegistry meters) {
        maxResponse = settings.maxResponse().toBytes();
        responses = Caffeine.newBuilder()
                .maximumWeight(settings.maxTotal().toBytes())
                .weigher((String key, CachedResponse answer) -> key.length() + answer.weight())
                .expireAfterWrite(settings.maxAge())
                .build();
        served = meters.counter("gateway.fallback.served");
    }

    @Override
    public int getOrder() {
        return ORDER;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        if (!HttpMethod.GET.equals(exchange.getRequest().getMethod())) return chain.filter(exchange);
        var uri = exchange.getRequest().getURI();
        var query = uri.getRawQuery();
        // a longer query is no search of a person
        if (query != null && query.length() > LONGEST_QUERY) return chain.filter(exchange);
        var key = uri.getRawPath() + "?" + query;
        var recording = new Recording(exchange.getResponse(), key);
        return chain.filter(exchange.mutate().response(recording).build()).onErrorResume(failure -> {
            var answer = responses.getIfPresent(key);
            if (answer == null || exchange.getResponse().isCommitted()) return Mono.error(failure);
            ServerWebExchangeUtils.reset(exchange);
            served.increment();
            return answer.writeTo(exchange.getResponse(), clock.instant());
        });
    }

    private final class Recording extends ServerHttpResponseDecorator {

        private final String key;

        Recording(ServerHttpResponse response, String key) {
            super(response);
            this.key = key;
        }

        @Override
        public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
            if (!isWorthKeeping()) return super.writeWith(body);
            var copy = new ByteArrayOutputStream();
            return super.writeWith(Flux.from(body).doOnNext(buffer -> record(buffer, copy)))
                    .doOnSuccess(_ -> keep(copy));
        }

        private boolean isWorthKeeping() {
            var headers = getHeaders();
            return HttpStatus.OK.equals(getStatusCode())
                    && headers.getContentLength() <= maxResponse
                    && !headers.containsHeader(HttpHeaders.SET_COOKIE)
                    && !headers.containsHeader(HttpHeaders.CONTENT_ENCODING);
        }

        private void record(DataBuffer buffer, ByteArrayOutputStream copy) {
            if (copy.size() > maxResponse) return;
            var bytes = new byte[buffer.readableByteCount()];
            buffer.toByteBuffer(java.nio.ByteBuffer.wrap(bytes));
            copy.writeBytes(bytes);
        }

        private void keep(ByteArrayOutputStream copy) {
            if (copy.size() <= maxResponse)
                responses.put(key, CachedResponse.of(copy.toByteArray(), getHeaders(), clock.instant()));
        }
    }
}

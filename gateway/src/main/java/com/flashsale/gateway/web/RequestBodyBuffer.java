package com.flashsale.gateway.web;

import static com.flashsale.platform.problem.ProblemTypes.PAYLOAD_TOO_LARGE;

import com.flashsale.gateway.overload.OverloadSettings;
import com.flashsale.gateway.reactive.Timeouts;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads the whole body of a request before any other work begins. A body is small here, so this costs little, and a
 * client that sends its body slowly delays only itself.
 */
@Component
public class RequestBodyBuffer {

    private static final ProblemType REQUEST_TIMEOUT =
            new ProblemType("request-timeout", 408, "The body did not arrive in time.");

    private final OverloadSettings settings;

    RequestBodyBuffer(OverloadSettings settings) {
        this.settings = settings;
    }

    public Mono<ServerWebExchange> read(ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        var length = headers.getContentLength();
        if (length > settings.maxBody().toBytes()) return Mono.error(tooLarge(exchange));
        if (length == 0 || (length < 0 && !headers.containsHeader(HttpHeaders.TRANSFER_ENCODING))) {
            return Mono.just(exchange);
        }
        var body = DataBufferUtils.join(
                exchange.getRequest().getBody(), (int) settings.maxBody().toBytes());
        return Timeouts.within(settings.bodyTimeout(), body)
                .map(RequestBodyBuffer::bytes)
                .defaultIfEmpty(new byte[0])
                .map(complete -> withBody(exchange, complete))
                .onErrorMap(DataBufferLimitException.class, _ -> tooLarge(exchange))
                .onErrorMap(TimeoutException.class, _ -> refuse(exchange, REQUEST_TIMEOUT, "Send the body at once."));
    }

    /** The text of a body that was read here; empty when there is none. */
    public static Mono<String> textOf(ServerWebExchange exchange) {
        return DataBufferUtils.join(exchange.getRequest().getBody())
                .map(buffer -> new String(bytes(buffer), StandardCharsets.UTF_8))
                .defaultIfEmpty("");
    }

    private ProblemException tooLarge(ServerWebExchange exchange) {
        return refuse(
                exchange,
                PAYLOAD_TOO_LARGE,
                "A body may have %d bytes.".formatted(settings.maxBody().toBytes()));
    }

    /** The rest of the body is not wanted, so the connection cannot be used again. */
    private static ProblemException refuse(ServerWebExchange exchange, ProblemType type, String detail) {
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return new ProblemException(type, detail);
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static ServerWebExchange withBody(ServerWebExchange exchange, byte[] body) {
        var headers = new HttpHeaders();
        headers.putAll(exchange.getRequest().getHeaders());
        headers.remove(HttpHeaders.TRANSFER_ENCODING);
        headers.setContentLength(body.length);
        var buffers = exchange.getResponse().bufferFactory();
        var request = new ServerHttpRequestDecorator(exchange.getRequest()) {
            @Override
            public HttpHeaders getHeaders() {
                return headers;
            }

            @Override
            public Flux<DataBuffer> getBody() {
                return Flux.defer(() -> Flux.just(buffers.wrap(body)));
            }
        };
        return exchange.mutate().request(request).build();
    }
}

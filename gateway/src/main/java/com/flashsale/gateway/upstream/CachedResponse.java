package com.flashsale.gateway.upstream;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/** A successful response of an earlier request. */
record CachedResponse(
        byte[] body, @Nullable MediaType type, @Nullable String etag, Instant at) {

    private static final int OVERHEAD = 256;

    static CachedResponse of(byte[] body, HttpHeaders headers, Instant now) {
        return new CachedResponse(body, headers.getContentType(), headers.getETag(), now);
    }

    int weight() {
        return body.length + OVERHEAD;
    }

    /**
     * Writes the response with headers that say its age (RFC 9111, section 5.1; RFC 7234 had the Warning header for
     * this).
     */
    Mono<Void> writeTo(ServerHttpResponse response, Instant now) {
        response.setStatusCode(HttpStatus.OK);
        var headers = response.getHeaders();
        headers.setContentType(type);
        headers.setETag(etag);
        headers.setContentLength(body.length);
        headers.setCacheControl("no-cache");
        headers.set(
                HttpHeaders.AGE,
                Long.toString(Math.max(0, Duration.between(at, now).toSeconds())));
        headers.set(HttpHeaders.WARNING, "110 - \"Response is Stale\"");
        headers.set("X-Served-From", "cache");
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }
}

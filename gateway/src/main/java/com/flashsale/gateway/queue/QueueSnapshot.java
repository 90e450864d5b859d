package com.flashsale.gateway.queue;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/** The service's answer about one sale, good or not found. */
public record QueueSnapshot(HttpStatusCode status, @Nullable MediaType type, byte[] body, long nanoTime) {

    long ageNanos() {
        return System.nanoTime() - nanoTime;
    }
}

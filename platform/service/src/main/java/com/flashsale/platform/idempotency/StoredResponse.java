package com.flashsale.platform.idempotency;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An answer as it went over the wire.
 *
 * @param replayed true if it is given again
 */
public record StoredResponse(int status, @Nullable String location, byte[] body, boolean replayed) {

    public static final String REPLAYED_HEADER = "Idempotency-Replayed";

    public StoredResponse(int status, @Nullable String location, byte[] body) {
        this(status, location, body, false);
    }

    public ResponseEntity<byte[]> toResponseEntity() {
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (location != null) answer.header(HttpHeaders.LOCATION, location);
        if (replayed) answer.header(REPLAYED_HEADER, "true");
        return answer.body(body);
    }
}

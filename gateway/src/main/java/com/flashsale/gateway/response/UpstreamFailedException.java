package com.flashsale.gateway.response;

import org.springframework.http.HttpStatusCode;

/** A service answered with a failure that does not explain itself. */
public final class UpstreamFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient HttpStatusCode status;

    public UpstreamFailedException(HttpStatusCode status) {
        super("answered " + status.value(), null, false, false);
        this.status = status;
    }

    HttpStatusCode status() {
        return status;
    }
}

package com.flashsale.platform.messaging;

/** A message that will never be readable, however often it is delivered. */
final class UnreadableEventException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableEventException(String reason, Throwable cause) {
        super(reason, cause);
    }
}

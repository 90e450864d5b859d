package com.flashsale.platform.messaging;

/**
 * Too many handlers failed in a row for the messages to be the reason; the consumer waits, and tries again until one
 * succeeds.
 */
final class ManyFailuresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ManyFailuresException(String reason, Throwable cause) {
        super(reason, cause);
    }
}

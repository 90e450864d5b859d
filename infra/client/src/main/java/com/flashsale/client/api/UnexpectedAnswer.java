package com.flashsale.client.api;

/** The platform answered something that its contract does not allow here, or nothing in time. */
public final class UnexpectedAnswer extends RuntimeException {

    public UnexpectedAnswer(String message) {
        super(message);
    }

    public UnexpectedAnswer(String message, Throwable cause) {
        super(message, cause);
    }
}

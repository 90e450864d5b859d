package com.flashsale.platform.messaging;

/**
 * Thrown by a handler for an event that another one, moments behind, must precede. The batch is tried again for a
 * bounded time.
 */
public class PrerequisiteMissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PrerequisiteMissingException(String reason) {
        super(reason, null, false, false);
    }
}

package com.flashsale.platform.groupcommit;

/**
 * The command is being committed for too long to wait: a repeat under the same Idempotency-Key finds its outcome.
 * Answered with 503.
 */
public final class OutcomeUnknownException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(String reason) {
        super(reason, null, false, false);
    }
}

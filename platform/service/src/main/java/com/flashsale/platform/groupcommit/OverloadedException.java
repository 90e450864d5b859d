package com.flashsale.platform.groupcommit;

/**
 * The queue is full, or the command waited in it for too long and was taken back: nothing was done. Answered with 503
 * and Retry-After.
 */
public final class OverloadedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OverloadedException(String reason) {
        super(reason, null, false, false);
    }
}

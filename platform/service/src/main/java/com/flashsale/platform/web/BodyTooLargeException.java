package com.flashsale.platform.web;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A body without a declared length that grew past the limit while it was read. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long limit) {
        super("the body is larger than " + limit + " bytes");
    }

    static boolean isCauseOf(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLargeException) return true;
        }
        return false;
    }
}

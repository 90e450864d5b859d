package com.flashsale.local.supervise;

import org.jspecify.annotations.Nullable;

/** A resource did not come up; the message says why. */
public final class StartException extends Exception {

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

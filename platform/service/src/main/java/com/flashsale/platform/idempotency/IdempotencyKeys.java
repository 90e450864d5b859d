package com.flashsale.platform.idempotency;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import org.jspecify.annotations.Nullable;

/** The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07). */
public final class IdempotencyKeys {

    public static final String HEADER = "Idempotency-Key";

    private static final int LIMIT = 255;

    private IdempotencyKeys() {}

    /** Returns the key, or throws a 400 that says why it is missing or invalid. */
    public static String require(@Nullable String key) {
        if (key == null || key.isBlank()) {
            throw new ProblemException(
                    ProblemTypes.IDEMPOTENCY_KEY_MISSING,
                    "Send a new unique value for each request, the same one to repeat it.");
        }
        if (key.length() > LIMIT || key.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw new ProblemException(ProblemTypes.IDEMPOTENCY_KEY_INVALID, "Got " + key.length() + " characters.");
        }
        return key;
    }
}

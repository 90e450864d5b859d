package com.flashsale.launcher.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants of the platform that runs.
 *
 * @param jar absolute; null: the release before the last rollout
 * @param readyWithinSeconds how long a copy may take until it is ready
 */
public record Request(String service, @Nullable String jar, int readyWithinSeconds) {

    Duration readyWithin() {
        return Duration.ofSeconds(readyWithinSeconds);
    }

    /** @param lines what is to be printed at the end */
    public record Result(int exitCode, String lines) {}
}

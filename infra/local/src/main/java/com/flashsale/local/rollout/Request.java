package com.flashsale.local.rollout;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The request of a person to the platform that runs.
 *
 * @param jar absolute; null: the release before the last rollout
 * @param readyWithinSeconds how long a replica may take until it is ready
 * @param restart the same release once more, in place of another one
 */
public record Request(String service, @Nullable String jar, int readyWithinSeconds, boolean restart) {

    public Request(String service, @Nullable String jar, int readyWithinSeconds) {
        this(service, jar, readyWithinSeconds, false);
    }

    /** @param name a service, one replica of it, or an engine */
    public static Request restarting(String name) {
        return new Request(name, null, 0, true);
    }

    Duration readyWithin() {
        return Duration.ofSeconds(readyWithinSeconds);
    }

    /** @param lines the text to print at the end */
    public record Result(int exitCode, String lines) {}
}

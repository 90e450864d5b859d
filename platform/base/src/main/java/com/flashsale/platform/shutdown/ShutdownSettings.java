package com.flashsale.platform.shutdown;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param pause how long a process still answers after it was told to end, at most 60 s: the age of the oldest list of
 *     instances that a caller may hold. Zero by default, for callers without lists and for supervisors that deregister
 *     the process themselves.
 */
@ConfigurationProperties("platform.shutdown")
record ShutdownSettings(@DefaultValue("0s") Duration pause) {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    ShutdownSettings {
        if (pause.isNegative() || pause.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("platform.shutdown.pause must be 0 s to 60 s: " + pause);
        }
    }
}

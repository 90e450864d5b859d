package com.flashsale.waitlist.room;

import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.RedisConnectionFailureException;

/** Redis is away, slow, or has forgotten the room: no customer is let in until it is there again. */
public final class WaitingRoomUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean missing;

    private WaitingRoomUnavailable(String reason, @Nullable Throwable cause, boolean missing) {
        super(reason, cause, false, false);
        this.missing = missing;
    }

    /** Redis answers, but has no such room: a replica is about to build it. */
    public static WaitingRoomUnavailable missing(String reason) {
        return new WaitingRoomUnavailable(reason, null, true);
    }

    public static WaitingRoomUnavailable away(String reason, @Nullable Throwable cause) {
        return new WaitingRoomUnavailable(reason, cause, false);
    }

    /** Redis cannot be reached: that is no matter of one room. */
    boolean isConnection() {
        return getCause() instanceof RedisConnectionFailureException;
    }

    boolean isMissing() {
        return missing;
    }
}

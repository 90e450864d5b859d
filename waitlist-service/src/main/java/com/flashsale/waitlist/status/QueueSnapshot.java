package com.flashsale.waitlist.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The public state of the queue of a sale, without the exact stock, so that no customer learns when it pays to push.
 *
 * @param admissionsPerMinute as measured in the last minute
 * @param steadyPerMinute the same without its jumps, for waiting times; 0 while it is not known
 * @param waitSeconds of a customer who comes now
 * @param waitlistOpen false when no unit can come back: the sale has ended, or everything is paid for
 */
record QueueSnapshot(
        State state,
        long servingNumber,
        long issued,
        long admissionsPerMinute,
        Band stock,
        Instant serverTime,
        long pollAfterMs,
        long steadyPerMinute,
        @Nullable WaitingTime waitSeconds,
        boolean waitlistOpen) {

    enum State {
        SCHEDULED,
        OPEN,
        PAUSED,
        SOLD_OUT,
        ENDED
    }

    /** Half and more left; less than half; less than a tenth, or ten units at most; none. */
    enum Band {
        PLENTY,
        LOW,
        LAST_FEW,
        SOLD_OUT;

        private static final int FEW = 10;

        static Band of(long available, long allotted) {
            if (available <= 0) return SOLD_OUT;
            if (available <= FEW || available * 10 < allotted) return LAST_FEW;
            return available * 2 < allotted ? LOW : PLENTY;
        }
    }

    /** Whether a watcher would notice no difference. */
    boolean looksLike(QueueSnapshot other) {
        return state == other.state
                && servingNumber == other.servingNumber
                && issued == other.issued
                && admissionsPerMinute == other.admissionsPerMinute
                && steadyPerMinute == other.steadyPerMinute
                && stock == other.stock
                && waitlistOpen == other.waitlistOpen;
    }
}

package com.flashsale.waitlist.status;

import org.jspecify.annotations.Nullable;

/**
 * How long one will probably wait, as a range in seconds. Ranges are wide and the pace is steady, so what people see
 * does not jump: it falls as the line moves, and rises only after the line has been slower for a while.
 *
 * @param to nothing: longer than we can say
 */
public record WaitingTime(long from, @Nullable Long to) {

    private static final long[] MINUTES = {0, 1, 2, 5, 10, 20, 40, 60};
    private static final int MINUTE = 60;

    /** Nothing while the pace is not known. */
    static @Nullable WaitingTime of(long ahead, long perMinute) {
        if (perMinute <= 0) return null;
        var minutes = Math.max(0, ahead) / (double) perMinute;
        for (int i = 1; i < MINUTES.length; i++) {
            if (minutes <= MINUTES[i]) return new WaitingTime(MINUTES[i - 1] * MINUTE, MINUTES[i] * MINUTE);
        }
        return new WaitingTime(MINUTES[MINUTES.length - 1] * MINUTE, null);
    }
}

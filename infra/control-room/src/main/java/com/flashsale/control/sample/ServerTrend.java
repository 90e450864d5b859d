package com.flashsale.control.sample;

import com.flashsale.control.figures.SaleFigures;
import org.jspecify.annotations.Nullable;

/** The growth of the counters of the database server. */
final class ServerTrend {

    private static final double NANOS_PER_SECOND = 1e9;

    private SaleFigures.@Nullable Server before;
    private Sample.@Nullable DatabaseNow shown;
    private long nanos;

    Sample.@Nullable DatabaseNow take(SaleFigures.Server now, long at) {
        var last = before;
        if (last != null && at == nanos) return shown;
        double seconds = (at - nanos) / NANOS_PER_SECOND;
        before = now;
        nanos = at;
        shown = last == null
                ? null
                : new Sample.DatabaseNow(
                        Math.max(0, now.commits() - last.commits()) / seconds,
                        Math.max(0, now.rollbacks() - last.rollbacks()) / seconds,
                        Math.max(0, now.walBytes() - last.walBytes()) / seconds,
                        now.deadlocks(),
                        now.connections(),
                        now.lockWaits());
        return shown;
    }

    void forget() {
        before = null;
        shown = null;
    }
}

package com.flashsale.reports.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first minute of a platform, or of a replica that comes back.
 *
 * @param sinceReady seconds from the platform's READY to the first request; null where it is unknown
 * @param atOnce customers that were under way at the same time
 * @param restart null where no replica was killed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WarmUpReport(
        @Nullable Double sinceReady,
        int atOnce,
        List<WarmUpCurve> curves,
        @Nullable Restart restart) {

    /**
     * A replica that was killed during the run.
     *
     * @param killed seconds from the first request
     * @param ready when the new process was ready; null if it was not by the end of the run
     * @param recoveries one for each kind of request
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Restart(
            String replica, double killed, @Nullable Double ready, List<Recovery> recoveries) {}

    /**
     * @param before accepted answers a second in the ten seconds before the kill
     * @param secondsToMost from the kill until three seconds have 80 % of that; null if that was not reached
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Recovery(
            String operation, double before, @Nullable Integer secondsToMost) {}

    /** The recovery of one kind of request from a kill at this second. */
    public static Recovery recovery(WarmUpCurve curve, double killed) {
        int second = (int) killed;
        double before = WarmUpCurve.rate(curve.points(), second - 10, second);
        var reached = WarmUpCurve.reached(curve.points(), second + 1, before * 0.8);
        return new Recovery(curve.operation(), before, reached == null ? null : reached - second);
    }
}

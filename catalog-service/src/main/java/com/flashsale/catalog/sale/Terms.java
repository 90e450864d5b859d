package com.flashsale.catalog.sale;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Duration;
import java.time.Instant;

/**
 * The terms of a sale, fixed when it is made, except the pace. In events and answers its fields stand beside those of
 * the sale.
 *
 * @param opensAt from then on it can be bought
 * @param closesAt from then on it cannot: the interval is half open
 * @param purchaseLimit units that one customer may have
 * @param holdDuration how long a unit is set aside for payment
 * @param pacing how the crowd is let in
 */
record Terms(
        int allotted,
        int purchaseLimit,
        Instant opensAt,
        Instant closesAt,
        Duration holdDuration,
        @JsonUnwrapped Pacing pacing) {

    Terms {
        if (!closesAt.isAfter(opensAt)) throw new IllegalArgumentException("closes before it opens");
    }

    /**
     * @param crowdFactor customers per allotted unit that the queue takes; beyond it no customer may join
     * @param admissionFactor admissions out at the same time per available unit
     * @param admissionsPerSecond turns that the waiting room gives at most; an operator may change it until the end
     * @param turnDuration how long a turn waits to be taken
     * @param admissionDuration how long an admission can be used
     * @param offerDuration how long an offer from the waitlist can be used
     */
    record Pacing(
            double crowdFactor,
            double admissionFactor,
            int admissionsPerSecond,
            Duration turnDuration,
            Duration admissionDuration,
            Duration offerDuration,
            Draw draw) {}
}

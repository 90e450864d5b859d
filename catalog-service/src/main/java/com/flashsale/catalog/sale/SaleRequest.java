package com.flashsale.catalog.sale;

import com.flashsale.catalog.operator.PriceRequest;
import com.flashsale.catalog.operator.RequestCheck;
import com.flashsale.platform.time.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body of a new sale; from holdDuration on everything has a default. */
record SaleRequest(
        @Nullable UUID productId,
        @Nullable PriceRequest price,
        @Nullable Integer allotted,
        @Nullable Integer purchaseLimit,
        @Nullable String opensAt,
        @Nullable String closesAt,
        @Nullable String holdDuration,
        @Nullable Double crowdFactor,
        @Nullable Double admissionFactor,
        @Nullable Integer admissionsPerSecond,
        @Nullable String turnDuration,
        @Nullable String admissionDuration,
        @Nullable String offerDuration,
        @Nullable String draw,
        @Nullable Boolean listed) {

    private static final int MOST_UNITS = 10_000_000;
    private static final int MOST_PER_CUSTOMER = 100;
    private static final int MOST_ADMISSIONS_PER_SECOND = 100_000;
    private static final double MOST_CROWD = 1_000;
    private static final double MOST_ADMISSIONS_PER_UNIT = 2;
    /** "Now" may have passed by the time it is read here, and clocks differ. */
    private static final Duration OPENED_AT_MOST_AGO = Duration.ofMinutes(15);

    private static final Duration LONGEST_PLAN = Duration.ofDays(366);

    /** Everything that can be said without looking at the product. */
    CreateSale.Command check(Instant now) {
        var check = new RequestCheck();
        var product = check.required("productId", productId, new UUID(0, 0));
        var money = PriceRequest.check("price", price, check);
        var units = check.whole("allotted", allotted, 1, MOST_UNITS);
        var limit = check.whole("purchaseLimit", purchaseLimit, 1, MOST_PER_CUSTOMER);
        var opens = check.instant("opensAt", opensAt);
        var closes = check.instant("closesAt", closesAt);
        checkTimes(opens, closes, now, check);
        var hold = check.duration("holdDuration", holdDuration, Duration.ofMinutes(2));
        var pacing = pacing(check);
        check.complete();
        return new CreateSale.Command(
                Ids.next(),
                product,
                money,
                new Terms(units, limit, opens, closes, hold, pacing),
                listed == null || listed);
    }

    private static void checkTimes(Instant opens, Instant closes, Instant now, RequestCheck check) {
        if (check.passed("opensAt")) {
            if (opens.isBefore(now.minus(OPENED_AT_MOST_AGO))) {
                check.refuse("opensAt", "must not be more than " + OPENED_AT_MOST_AGO + " ago");
            }
            if (opens.isAfter(now.plus(LONGEST_PLAN))) check.refuse("opensAt", "must be within a year");
        }
        if (check.passed("closesAt")) {
            if (!closes.isAfter(now)) check.refuse("closesAt", "must be in the future");
            if (check.passed("opensAt") && !closes.isAfter(opens)) check.refuse("closesAt", "must be after opensAt");
            if (closes.isAfter(now.plus(LONGEST_PLAN).plus(LONGEST_PLAN))) {
                check.refuse("closesAt", "must be within two years");
            }
        }
    }

    private Terms.Pacing pacing(RequestCheck check) {
        return new Terms.Pacing(
                crowdFactor(check),
                admissionFactor(check),
                admissionsPerSecond == null
                        ? 500
                        : check.whole("admissionsPerSecond", admissionsPerSecond, 1, MOST_ADMISSIONS_PER_SECOND),
                check.duration("turnDuration", turnDuration, Duration.ofSeconds(30)),
                check.duration("admissionDuration", admissionDuration, Duration.ofMinutes(1)),
                check.duration("offerDuration", offerDuration, Duration.ofMinutes(5)),
                draw(check));
    }

    private double crowdFactor(RequestCheck check) {
        if (crowdFactor == null) return 5.0;
        if (!(crowdFactor >= 1 && crowdFactor <= MOST_CROWD)) {
            check.refuse("crowdFactor", "must be between 1 and 1,000");
        }
        return crowdFactor;
    }

    private double admissionFactor(RequestCheck check) {
        if (admissionFactor == null) return 1.0;
        if (!(admissionFactor > 0 && admissionFactor <= MOST_ADMISSIONS_PER_UNIT)) {
            check.refuse("admissionFactor", "must be greater than 0 and at most 2");
        }
        return admissionFactor;
    }

    private Draw draw(RequestCheck check) {
        if (draw == null) return Draw.RANDOM;
        var known = Arrays.stream(Draw.values())
                .filter(value -> value.name().equals(draw))
                .findAny();
        if (known.isEmpty()) check.refuse("draw", "must be RANDOM or FIFO");
        return known.orElse(Draw.RANDOM);
    }
}

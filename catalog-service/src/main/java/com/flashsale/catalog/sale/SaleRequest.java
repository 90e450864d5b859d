package com.flashsale.catalog.sale;

import com.flashsale.catalog.operator.PriceRequest;
import com.flashsale.catalog.operator.RequestValidator;
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
    private static final double MOST_CROWD = 1_000;
    private static final double MOST_ADMISSIONS_PER_UNIT = 2;
    /** "Now" may have passed by the time it is read here, and clocks differ. */
    private static final Duration OPENED_AT_MOST_AGO = Duration.ofMinutes(15);

    private static final Duration LONGEST_PLAN = Duration.ofDays(366);

    /** Everything that can be said without looking at the product. */
    CreateSale.Command check(Instant now) {
        var validator = new RequestValidator();
        var product = validator.required("productId", productId, new UUID(0, 0));
        var money = PriceRequest.check("price", price, validator);
        var units = validator.whole("allotted", allotted, 1, MOST_UNITS);
        var limit = validator.whole("purchaseLimit", purchaseLimit, 1, MOST_PER_CUSTOMER);
        var opens = validator.instant("opensAt", opensAt);
        var closes = validator.instant("closesAt", closesAt);
        checkTimes(opens, closes, now, validator);
        var hold = validator.duration("holdDuration", holdDuration, Duration.ofMinutes(2));
        var pacing = pacing(validator);
        validator.complete();
        return new CreateSale.Command(
                Ids.next(),
                product,
                money,
                new Terms(units, limit, opens, closes, hold, pacing),
                listed == null || listed);
    }

    private static void checkTimes(Instant opens, Instant closes, Instant now, RequestValidator validator) {
        if (validator.passed("opensAt")) {
            if (opens.isBefore(now.minus(OPENED_AT_MOST_AGO))) {
                validator.refuse("opensAt", "must not be more than " + OPENED_AT_MOST_AGO + " ago");
            }
            if (opens.isAfter(now.plus(LONGEST_PLAN))) validator.refuse("opensAt", "must be within a year");
        }
        if (validator.passed("closesAt")) {
            if (!closes.isAfter(now)) validator.refuse("closesAt", "must be in the future");
            if (validator.passed("opensAt") && !closes.isAfter(opens))
                validator.refuse("closesAt", "must be after opensAt");
            if (closes.isAfter(now.plus(LONGEST_PLAN).plus(LONGEST_PLAN))) {
                validator.refuse("closesAt", "must be within two years");
            }
        }
    }

    private Terms.Pacing pacing(RequestValidator validator) {
        return new Terms.Pacing(
                crowdFactor(validator),
                admissionFactor(validator),
                admissionsPerSecond == null
                        ? 500
                        : validator.whole(
                                "admissionsPerSecond", admissionsPerSecond, 1, PaceRequest.MOST_ADMISSIONS_PER_SECOND),
                validator.duration("turnDuration", turnDuration, Duration.ofSeconds(30)),
                validator.duration("admissionDuration", admissionDuration, Duration.ofMinutes(1)),
                validator.duration("offerDuration", offerDuration, Duration.ofMinutes(5)),
                draw(validator));
    }

    private double crowdFactor(RequestValidator validator) {
        if (crowdFactor == null) return 5.0;
        if (!(crowdFactor >= 1 && crowdFactor <= MOST_CROWD)) {
            validator.refuse("crowdFactor", "must be between 1 and 1,000");
        }
        return crowdFactor;
    }

    private double admissionFactor(RequestValidator validator) {
        if (admissionFactor == null) return 1.0;
        if (!(admissionFactor > 0 && admissionFactor <= MOST_ADMISSIONS_PER_UNIT)) {
            validator.refuse("admissionFactor", "must be greater than 0 and at most 2");
        }
        return admissionFactor;
    }

    private Draw draw(RequestValidator validator) {
        if (draw == null) return Draw.RANDOM;
        var known = Arrays.stream(Draw.values())
                .filter(value -> value.name().equals(draw))
                .findAny();
        if (known.isEmpty()) validator.refuse("draw", "must be RANDOM or FIFO");
        return known.orElse(Draw.RANDOM);
    }
}

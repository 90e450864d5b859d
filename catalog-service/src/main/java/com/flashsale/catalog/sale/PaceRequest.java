package com.flashsale.catalog.sale;

import com.flashsale.catalog.operator.RequestValidator;
import org.jspecify.annotations.Nullable;

/** The body of a change of pace. */
record PaceRequest(@Nullable Integer admissionsPerSecond) {

    static final int MOST_ADMISSIONS_PER_SECOND = 100_000;

    int check() {
        var validator = new RequestValidator();
        var pace = validator.whole("admissionsPerSecond", admissionsPerSecond, 1, MOST_ADMISSIONS_PER_SECOND);
        validator.complete();
        return pace;
    }
}

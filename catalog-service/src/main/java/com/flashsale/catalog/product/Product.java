package com.flashsale.catalog.product;

import com.flashsale.catalog.money.Money;
import com.flashsale.platform.problem.ProblemType;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A thing with its list price. It never changes, so a copy of it is never wrong.
 *
 * @param picture name of the picture that the pages show; null for the common one
 * @param loadTest the run of a load test that it is for; null for real customers
 */
public record Product(
        UUID id,
        String name,
        String description,
        Money price,
        @Nullable String picture,
        Instant createdAt,
        @Nullable String loadTest) {

    public static final ProblemType NOT_FOUND =
            new ProblemType("product-not-found", 404, "There is no product with this id.");

    private static final int FIXED_BYTES = 256;

    /** About how much heap it takes: two bytes a character at most. */
    int bytes() {
        return FIXED_BYTES + 2 * (name.length() + description.length());
    }
}

package com.flashsale.catalog.product;

import com.flashsale.catalog.operator.PriceRequest;
import com.flashsale.catalog.operator.RequestValidator;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.time.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a new product. */
record ProductRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable PriceRequest price,
        @Nullable String picture) {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final Pattern PICTURE = Pattern.compile("[a-z0-9-]{1,40}");

    Product check(Instant now) {
        var validator = new RequestValidator();
        var checkedName = validator.text("name", name, LONGEST_NAME);
        var checkedDescription = validator.text("description", description, LONGEST_DESCRIPTION);
        var checkedPrice = PriceRequest.check("price", price, validator);
        if (picture != null && !PICTURE.matcher(picture).matches()) {
            validator.refuse("picture", "must have 1 to 40 characters of a-z, 0-9 and -");
        }
        validator.complete();
        return new Product(
                Ids.next(),
                checkedName,
                checkedDescription,
                checkedPrice,
                picture,
                now.truncatedTo(ChronoUnit.MICROS),
                LoadTest.current());
    }
}

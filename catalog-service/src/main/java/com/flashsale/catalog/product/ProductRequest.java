package com.flashsale.catalog.product;

import com.flashsale.catalog.operator.PriceRequest;
import com.flashsale.catalog.operator.RequestCheck;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.time.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The body of a new product. */
record ProductRequest(
        @Nullable String name,
        @Nullable String description,
        @Nullable PriceRequest price) {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 2_000;

    Product check(Instant now) {
        var check = new RequestCheck();
        var checkedName = check.text("name", name, LONGEST_NAME);
        var checkedDescription = check.text("description", description, LONGEST_DESCRIPTION);
        var checkedPrice = PriceRequest.check("price", price, check);
        check.complete();
        return new Product(
                Ids.next(),
                checkedName,
                checkedDescription,
                checkedPrice,
                now.truncatedTo(ChronoUnit.MICROS),
                LoadTest.current());
    }
}

package com.flashsale.catalog.product;

import com.flashsale.catalog.money.Money;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A product as the public sees it. */
record ProductView(
        UUID id,
        String name,
        String description,
        Money.Text price,
        @Nullable String picture,
        Instant createdAt) {

    static ProductView of(Product product) {
        return new ProductView(
                product.id(),
                product.name(),
                product.description(),
                product.price().text(),
                product.picture(),
                product.createdAt());
    }
}

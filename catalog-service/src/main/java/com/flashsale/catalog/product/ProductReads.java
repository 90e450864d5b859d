package com.flashsale.catalog.product;

import com.flashsale.catalog.reading.CacheSettings;
import com.flashsale.catalog.reading.Page;
import com.flashsale.catalog.reading.PageRequest;
import com.flashsale.catalog.reading.ReadCache;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Products as the public reads them: from memory, at most a second old. */
@Component
class ProductReads {

    /** @param words empty for all products */
    record Query(String words, PageRequest page) {}

    private final ReadCache<UUID, Optional<Product>> products;
    private final ReadCache<Query, Page<Product>> pages;

    ProductReads(Products products, CacheSettings settings, MeterRegistry meters) {
        this.products = new ReadCache.Definition<UUID, Optional<Product>>(
                        "product",
                        products::find,
                        (_, found) -> found.map(Product::bytes).orElse(0))
                .build(settings, meters);
        this.pages = new ReadCache.Definition<Query, Page<Product>>(
                        "product-page",
                        query -> read(products, query),
                        (query, page) -> 2 * query.words().length()
                                + page.items().stream().mapToInt(Product::bytes).sum())
                .build(settings, meters);
    }

    private static Page<Product> read(Products products, Query query) {
        var found =
                query.words().isEmpty() ? products.list(query.page()) : products.search(query.words(), query.page());
        return Page.of(found, query.page().limit(), product -> PageRequest.cursor(product.id()));
    }

    Optional<Product> find(UUID id) {
        return products.get(id);
    }

    Page<Product> list(Query query) {
        return pages.get(query);
    }

    /** Drops the pages only: the new id is not in memory, because no request can have asked for it. */
    void added() {
        pages.forgetAll();
    }
}

package com.flashsale.catalog.product;

import com.flashsale.catalog.operator.OperatorRequests;
import com.flashsale.catalog.operator.RequestValidator;
import com.flashsale.catalog.reading.CacheableResponse;
import com.flashsale.catalog.reading.Page;
import com.flashsale.catalog.reading.PageRequest;
import com.flashsale.platform.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(ProductController.PATH)
class ProductController {

    static final String PATH = "/api/v1/products";

    private static final int LONGEST_QUERY = 100;
    /** A product never changes, but one that is missing may come. */
    private static final Duration PRODUCT_KEEPS = Duration.ofMinutes(1);

    private static final Duration LIST_KEEPS = Duration.ofSeconds(1);

    private final Products products;
    private final ProductReads reads;
    private final OperatorRequests operator;
    private final Clock clock;

    ProductController(Products products, ProductReads reads, OperatorRequests operator, Clock clock) {
        this.products = products;
        this.reads = reads;
        this.operator = operator;
        this.clock = clock;
    }

    @PostMapping
    ResponseEntity<byte[]> create(
            @AuthenticationPrincipal Jwt client, HttpServletRequest request, @RequestBody ProductRequest body) {
        var answer = operator.apply(client, request, body, () -> {
            var product = body.check(clock.instant());
            products.insert(product);
            return operator.created(PATH + "/" + product.id(), ProductView.of(product));
        });
        reads.added();
        return answer;
    }

    @GetMapping
    ResponseEntity<Page<ProductView>> list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "" + PageRequest.DEFAULT_LIMIT) int limit) {
        var page = reads.list(new ProductReads.Query(checked(q), PageRequest.of(cursor, limit)));
        var versions =
                page.items().stream().map(product -> product.id().toString()).toList();
        return CacheableResponse.of(page.map(ProductView::of), CacheableResponse.versionOf(page, versions), LIST_KEEPS);
    }

    private static String checked(String words) {
        if (words.isBlank()) return "";
        var validator = new RequestValidator();
        var checked = validator.text("q", words, LONGEST_QUERY);
        validator.complete();
        return checked;
    }

    @GetMapping("/{id}")
    ResponseEntity<ProductView> find(@PathVariable UUID id) {
        var product = reads.find(id).orElseThrow(() -> notFound(id));
        return CacheableResponse.of(ProductView.of(product), product.id().toString(), PRODUCT_KEEPS);
    }

    private static ProblemException notFound(UUID id) {
        return new ProblemException(Product.NOT_FOUND, "No product has this id.").with("productId", id);
    }
}

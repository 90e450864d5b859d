package com.flashsale.catalog.sale;

import com.flashsale.catalog.operator.RequestValidator;
import com.flashsale.catalog.reading.CacheableResponse;
import com.flashsale.catalog.reading.Page;
import com.flashsale.catalog.reading.PageRequest;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Public reads of sales. */
@RestController
@RequestMapping(SaleController.PATH)
class SaleController {

    static final String PATH = "/api/v1/sales";

    static final ProblemType SALE_NOT_FOUND = new ProblemType("sale-not-found", 404, "There is no sale with this id.");

    private static final Duration KEEPS = Duration.ofSeconds(1);

    private final SaleReads reads;
    private final Clock clock;

    SaleController(SaleReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<Page<SaleView>> list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "" + PageRequest.DEFAULT_LIMIT) int limit) {
        var validator = new RequestValidator();
        var wanted = state == null ? null : known(state, validator);
        var query =
                new SaleReads.Query(wanted, SalePosition.parse(cursor, validator), PageRequest.size(limit, validator));
        validator.complete();
        var page = reads.list(query);
        var now = clock.instant();
        // the page may be a second old: a sale whose state has changed since then no longer belongs on it
        var current = page.items().stream()
                .filter(sale -> wanted == null || sale.stateAt(now) == wanted)
                .toList();
        var answer =
                new Page<>(current.stream().map(sale -> SaleView.of(sale, now)).toList(), page.nextCursor());
        var versions =
                current.stream().map(sale -> sale.id() + sale.versionAt(now)).toList();
        return CacheableResponse.of(answer, CacheableResponse.versionOf(page, versions), KEEPS);
    }

    @GetMapping("/{id}")
    ResponseEntity<SaleView> find(@PathVariable UUID id) {
        var sale = reads.find(id).orElseThrow(() -> notFound(id));
        var now = clock.instant();
        return CacheableResponse.of(SaleView.of(sale, now), sale.versionAt(now), KEEPS);
    }

    static ProblemException notFound(UUID id) {
        return new ProblemException(SALE_NOT_FOUND, "No sale has this id.").with("saleId", id);
    }

    private static @Nullable SaleState known(String state, RequestValidator validator) {
        var known = Arrays.stream(SaleState.values())
                .filter(value -> value.name().equals(state))
                .findAny();
        if (known.isEmpty()) validator.refuse("state", "must be one of " + Arrays.toString(SaleState.values()));
        return known.orElse(null);
    }
}

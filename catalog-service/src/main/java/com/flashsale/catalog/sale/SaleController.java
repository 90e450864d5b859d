package com.flashsale.catalog.sale;

import com.flashsale.catalog.operator.RequestCheck;
import com.flashsale.catalog.reading.Page;
import com.flashsale.catalog.reading.PageRequest;
import com.flashsale.catalog.reading.PublicAnswer;
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
        var check = new RequestCheck();
        var wanted = state == null ? null : known(state, check);
        var query = new SaleReads.Query(wanted, SalePosition.parse(cursor, check), PageRequest.size(limit, check));
        check.complete();
        var page = reads.list(query);
        var now = clock.instant();
        // the page may be a second old: a sale whose state has changed since then no longer belongs on it
        var current = page.items().stream()
                .filter(listing -> wanted == null || listing.stateAt(now) == wanted)
                .toList();
        var answer = new Page<>(
                current.stream().map(listing -> SaleView.of(listing, now)).toList(), page.nextCursor());
        var versions = current.stream()
                .map(listing -> listing.id() + listing.versionAt(now))
                .toList();
        return PublicAnswer.of(answer, PublicAnswer.versionOf(page, versions), KEEPS);
    }

    @GetMapping("/{id}")
    ResponseEntity<SaleView> find(@PathVariable UUID id) {
        var listing = reads.find(id).orElseThrow(() -> notFound(id));
        var now = clock.instant();
        return PublicAnswer.of(SaleView.of(listing, now), listing.versionAt(now), KEEPS);
    }

    static ProblemException notFound(UUID id) {
        return new ProblemException(SALE_NOT_FOUND, "No sale has this id.").with("saleId", id);
    }

    private static @Nullable SaleState known(String state, RequestCheck check) {
        var known = Arrays.stream(SaleState.values())
                .filter(value -> value.name().equals(state))
                .findAny();
        if (known.isEmpty()) check.refuse("state", "must be one of " + Arrays.toString(SaleState.values()));
        return known.orElse(null);
    }
}

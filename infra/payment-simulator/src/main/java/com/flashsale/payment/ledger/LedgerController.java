package com.flashsale.payment.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.flashsale.payment.money.Money;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger for people and audits. */
@RestController
class LedgerController {

    private static final int LARGEST_PAGE = 100;

    record EntryView(String chargeKey, UUID orderId, LedgerEntry.Kind kind, Money.Text amount, Instant at) {

        static EntryView of(LedgerEntry entry) {
            return new EntryView(
                    entry.chargeKey(),
                    entry.orderId(),
                    entry.kind(),
                    entry.amount().text(),
                    entry.at());
        }
    }

    record Page(
            List<EntryView> items,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            Long nextCursor) {}

    private final Ledger ledger;

    LedgerController(Ledger ledger) {
        this.ledger = ledger;
    }

    @GetMapping("/v1/ledger")
    Page list(
            @RequestParam(required = false) @Nullable UUID orderId,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long cursor,
            @RequestParam(defaultValue = "20") int limit) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new ProblemException(
                    ProblemTypes.INVALID_REQUEST, "limit must be between 1 and " + LARGEST_PAGE + ".");
        }
        // one more than asked for tells whether there is a next page
        var found = ledger.list(orderId, cursor, limit + 1);
        var more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page(
                page.stream().map(EntryView::of).toList(), more ? page.getLast().id() : null);
    }
}

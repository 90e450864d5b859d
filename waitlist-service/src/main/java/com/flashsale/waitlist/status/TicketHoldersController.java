package com.flashsale.waitlist.status;

import com.flashsale.platform.filter.BloomFilter;
import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.waitlist.problem.RoomProblems;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives the gateway the ticket holders of a sold-out room: the gateway answers other customers itself and forwards the
 * ticket holders. It does not route here. 200: the ticket holders; 304: the one with the entity tag that was sent; 204:
 * forward all.
 */
@RestController
class TicketHoldersController {

    private final SaleCache saleCache;
    private final TicketHolders holders;
    private final LoadTests loadTests;

    TicketHoldersController(SaleCache saleCache, TicketHolders holders, LoadTests loadTests) {
        this.saleCache = saleCache;
        this.holders = holders;
        this.loadTests = loadTests;
    }

    /**
     * @param format of the bits
     * @param loadTest the run whose customers it answers; null for real customers
     * @param endsAt from then on the sale has ended instead
     */
    record HoldersView(String format, @Nullable String loadTest, Instant endsAt, byte[] bits) {}

    @GetMapping("/internal/v1/sales/{saleId}/sold-out-crowd")
    ResponseEntity<HoldersView> holders(
            @PathVariable UUID saleId,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        KnownSale sale = saleCache.current(new SaleId(saleId)).orElseThrow(RoomProblems::saleNotFound);
        if (!isServed(sale.sale())) return ResponseEntity.noContent().build();
        return switch (holders.of(sale, known == null ? null : known.replace("\"", ""))) {
            case TicketHolders.Outcome.Holders(var version, var customers) ->
                ResponseEntity.ok().eTag(version).body(view(sale.sale(), customers));
            case TicketHolders.Outcome.Unchanged(var version) ->
                ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(version).build();
            case TicketHolders.Outcome.Unknown _ -> ResponseEntity.noContent().build();
        };
    }

    /**
     * False while the load test of the sale is off or purged: its joins then reach this service, which tells them the
     * reason.
     */
    private boolean isServed(Sale sale) {
        var run = sale.loadTest();
        return run == null || (loadTests.areServed() && !loadTests.isPurged(run));
    }

    private static HoldersView view(Sale sale, BloomFilter customers) {
        return new HoldersView(BloomFilter.FORMAT, sale.loadTest(), sale.endsAt(), customers.toBytes());
    }
}

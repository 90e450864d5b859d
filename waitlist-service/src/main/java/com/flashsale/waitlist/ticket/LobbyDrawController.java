package com.flashsale.waitlist.ticket;

import com.flashsale.waitlist.problem.RoomProblems;
import com.flashsale.waitlist.room.WaitingRoom;
import com.flashsale.waitlist.sale.Draw;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import com.flashsale.waitlist.status.QueueStatusCache;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public data of a draw, with which every customer can check it. */
@RestController
@RequestMapping("/api/v1/sales/{saleId}/queue/draw")
class LobbyDrawController {

    private static final CacheControl ONE_SECOND =
            CacheControl.maxAge(Duration.ofSeconds(1)).cachePublic();

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private final SaleCache saleCache;
    private final QueueStatusCache statusCache;
    private final WaitingRoom room;
    private final Clock clock;

    LobbyDrawController(SaleCache saleCache, QueueStatusCache statusCache, WaitingRoom room, Clock clock) {
        this.saleCache = saleCache;
        this.statusCache = statusCache;
        this.room = room;
        this.clock = clock;
    }

    /** @param seed from the opening on: {@code place = first 48 bits of HMAC-SHA256(seed, customer id)} */
    record DrawView(Draw draw, String commitment, @Nullable String seed) {}

    /** The data to check the draw: the seed's SHA-256 before the opening, the seed itself after it. */
    @GetMapping
    ResponseEntity<DrawView> draw(@PathVariable UUID saleId) {
        var sale = sale(saleId);
        var seed = room.seed(sale.id()).orElseThrow(RoomProblems::unavailable);
        var opened = isOpened(sale);
        var view = new DrawView(
                sale.sale().draw(),
                LobbyDraw.commitment(seed),
                opened ? HexFormat.of().formatHex(seed) : null);
        return ResponseEntity.ok().cacheControl(ONE_SECOND).body(view);
    }

    /**
     * Whether the seed may be shown: a moment too early, it would tell which new account has a good place. The clock of
     * Redis ends the lobby, so it decides. A room that is no longer there was opened long ago.
     */
    private boolean isOpened(KnownSale sale) {
        var opensAt = sale.sale().opensAt();
        return statusCache.hasOpened(sale) || opensAt.plus(CLOCKS_DIFFER).isBefore(clock.instant());
    }

    private KnownSale sale(UUID saleId) {
        return saleCache.await(new SaleId(saleId)).orElseThrow(RoomProblems::saleNotFound);
    }
}

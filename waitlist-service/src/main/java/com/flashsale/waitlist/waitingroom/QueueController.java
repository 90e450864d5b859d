package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.sale.Draw;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.KnownSales;
import com.flashsale.waitlist.sale.SaleId;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public endpoints about a queue. */
@RestController
@RequestMapping("/api/v1/sales/{saleId}/queue")
class QueueController {

    private static final CacheControl ONE_SECOND =
            CacheControl.maxAge(Duration.ofSeconds(1)).cachePublic();

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    private static final int LONGEST_ADDRESS = 45;

    private final KnownSales knownSales;
    private final RoomBoard board;
    private final RoomMemory memory;
    private final QueueBroadcast broadcast;
    private final Clock clock;

    QueueController(KnownSales knownSales, RoomBoard board, RoomMemory memory, QueueBroadcast broadcast, Clock clock) {
        this.knownSales = knownSales;
        this.board = board;
        this.memory = memory;
        this.broadcast = broadcast;
        this.clock = clock;
    }

    @GetMapping
    ResponseEntity<QueueSnapshot> queue(@PathVariable UUID saleId) {
        return ResponseEntity.ok().cacheControl(ONE_SECOND).body(board.snapshot(sale(saleId)));
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(@PathVariable UUID saleId, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        broadcast.subscribe(sale(saleId), client(request), request, response);
    }

    /** The gateway names the client for which it asks; its own requests count for itself. */
    private static String client(HttpServletRequest request) {
        var address = request.getHeader("X-Forwarded-For");
        return address == null || address.length() > LONGEST_ADDRESS ? request.getRemoteAddr() : address;
    }

    /** @param seed from the opening on: {@code place = first 48 bits of HMAC-SHA256(seed, customer id)} */
    record DrawView(Draw draw, String commitment, @Nullable String seed) {}

    /** The data to check the draw: the seed's SHA-256 before the opening, the seed itself after it. */
    @GetMapping("/draw")
    ResponseEntity<DrawView> draw(@PathVariable UUID saleId) {
        var sale = sale(saleId);
        var seed = memory.of(sale.id()).map(RoomRow::seed).orElseThrow(RoomProblems::unavailable);
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
        return board.hasOpened(sale) || opensAt.plus(CLOCKS_DIFFER).isBefore(clock.instant());
    }

    private KnownSale sale(UUID saleId) {
        return knownSales.await(new SaleId(saleId)).orElseThrow(RoomProblems::saleNotFound);
    }
}

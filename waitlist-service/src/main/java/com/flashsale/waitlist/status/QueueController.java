package com.flashsale.waitlist.status;

import com.flashsale.waitlist.problem.RoomProblems;
import com.flashsale.waitlist.sale.KnownSale;
import com.flashsale.waitlist.sale.SaleCache;
import com.flashsale.waitlist.sale.SaleId;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
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

    private static final int LONGEST_ADDRESS = 45;

    private final SaleCache saleCache;
    private final QueueStatusCache statusCache;
    private final QueueBroadcast broadcast;

    QueueController(SaleCache saleCache, QueueStatusCache statusCache, QueueBroadcast broadcast) {
        this.saleCache = saleCache;
        this.statusCache = statusCache;
        this.broadcast = broadcast;
    }

    @GetMapping
    ResponseEntity<QueueSnapshot> queue(@PathVariable UUID saleId) {
        return ResponseEntity.ok().cacheControl(ONE_SECOND).body(statusCache.snapshot(sale(saleId)));
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

    private KnownSale sale(UUID saleId) {
        return saleCache.await(new SaleId(saleId)).orElseThrow(RoomProblems::saleNotFound);
    }
}

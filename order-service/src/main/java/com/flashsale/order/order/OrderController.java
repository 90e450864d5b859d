package com.flashsale.order.order;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A customer's own orders; another one's is as unknown as one that does not exist. */
@RestController
@RequestMapping("/api/v1/orders")
class OrderController {

    private final Orders orders;
    private final OrderStream stream;

    OrderController(Orders orders, OrderStream stream) {
        this.orders = orders;
        this.stream = stream;
    }

    /** @param nextCursor send it as {@code cursor} for the next page; null on the last one */
    record Page(
            List<OrderView> items,

            @com.fasterxml.jackson.annotation.JsonInclude @Nullable
            UUID nextCursor) {}

    @GetMapping
    Page list(
            @AuthenticationPrincipal Jwt customer,
            @RequestParam(required = false) @Nullable UUID cursor,
            @RequestParam(defaultValue = "20") @Min(1) @Max(100) int limit) {
        var found = orders.list(Customer.idOf(customer), cursor, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                page.stream().map(OrderSnapshot::view).toList(),
                found.size() > limit ? page.getLast().id() : null);
    }

    @GetMapping("/{id}")
    OrderView one(@AuthenticationPrincipal Jwt customer, @PathVariable UUID id) {
        return orders.find(id, Customer.idOf(customer))
                .orElseThrow(OrderProblems::orderNotFound)
                .view();
    }

    /** 204 tells an EventSource not to come back: it has seen the final state. */
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            @AuthenticationPrincipal Jwt customer,
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
        var order = orders.find(id, Customer.idOf(customer)).orElseThrow(OrderProblems::orderNotFound);
        var seen = versionOf(lastEventId);
        if (order.order().isFinal() && seen >= order.version())
            return ResponseEntity.noContent().build();
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .body(stream.subscribe(order, seen));
    }

    /** Anything that is not a number of ours means: seen nothing. */
    private static int versionOf(@Nullable String lastEventId) {
        return lastEventId != null && lastEventId.matches("[0-9]{1,9}") ? Integer.parseInt(lastEventId) : 0;
    }
}

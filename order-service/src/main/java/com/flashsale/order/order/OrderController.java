package com.flashsale.order.order;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A customer's own orders; another one's is as unknown as one that does not exist. */
@RestController
@RequestMapping("/api/v1/orders")
class OrderController {

    private final Orders orders;
    private final OrderReads reads;
    private final OrderStream stream;

    OrderController(Orders orders, OrderReads reads, OrderStream stream) {
        this.orders = orders;
        this.reads = reads;
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
        var found = reads.read(() -> orders.list(Customer.idOf(customer), cursor, limit + 1));
        var page = found.subList(0, Math.min(limit, found.size()));
        return new Page(
                page.stream().map(OrderSnapshot::view).toList(),
                found.size() > limit ? page.getLast().id() : null);
    }

    @GetMapping("/{id}")
    OrderView one(@AuthenticationPrincipal Jwt customer, @PathVariable UUID id) {
        return find(customer, id).view();
    }

    private OrderSnapshot find(Jwt customer, UUID id) {
        return reads.read(() -> orders.find(id, Customer.idOf(customer))).orElseThrow(OrderProblems::orderNotFound);
    }

    /**
     * A 204 tells an EventSource not to come back: it has seen the final state. A HEAD would open a stream without a
     * reader.
     */
    @GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @AuthenticationPrincipal Jwt customer,
            @PathVariable UUID id,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, ServletException {
        if (!request.getMethod().equals("GET")) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of("GET"));
        }
        var order = find(customer, id);
        var seen = versionOf(lastEventId, order.version());
        if (order.order().isFinal() && seen >= order.version()) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            return;
        }
        stream.subscribe(order, seen, request, response);
    }

    /** An id that this service never gave, in any form, means that the reader has seen nothing. */
    private static int versionOf(@Nullable String lastEventId, int latest) {
        if (lastEventId == null || !lastEventId.matches("[0-9]{1,9}")) return 0;
        var version = Integer.parseInt(lastEventId);
        return version <= latest ? version : 0;
    }
}

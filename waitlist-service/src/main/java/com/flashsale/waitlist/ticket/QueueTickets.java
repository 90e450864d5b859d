package com.flashsale.waitlist.ticket;

import com.flashsale.platform.security.SignedTokens;
import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Signs tickets and reads them back; a ticket of another customer or another sale is as bad as a forged one. */
@Component
public class QueueTickets {

    private static final String TYPE = "queue-ticket+jwt";

    private final SignedTokens tokens;

    QueueTickets(SignedTokens tokens) {
        this.tokens = tokens;
    }

    /** Without a time, so that the same place always has the same ticket. */
    String sign(QueueTicket ticket) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("sale", ticket.sale().value().toString());
        claims.put("sub", ticket.customer().value().toString());
        if (ticket.number() != null) claims.put("number", ticket.number());
        if (ticket.place() != null) claims.put("place", ticket.place());
        return tokens.sign(TYPE, claims);
    }

    public Optional<QueueTicket> verify(String token, SaleId sale, CustomerId customer) {
        return tokens.verify(TYPE, token)
                .flatMap(QueueTickets::read)
                .filter(ticket ->
                        ticket.sale().equals(sale) && ticket.customer().equals(customer));
    }

    private static Optional<QueueTicket> read(Map<String, Object> claims) {
        if (!(claims.get("sale") instanceof String sale) || !(claims.get("sub") instanceof String customer)) {
            return Optional.empty();
        }
        return Optional.of(new QueueTicket(
                new SaleId(UUID.fromString(sale)),
                new CustomerId(UUID.fromString(customer)),
                number(claims.get("number")),
                number(claims.get("place"))));
    }

    private static @Nullable Long number(@Nullable Object claim) {
        return claim instanceof Number number ? Long.valueOf(number.longValue()) : null;
    }
}

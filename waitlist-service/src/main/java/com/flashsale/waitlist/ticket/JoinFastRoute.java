package com.flashsale.waitlist.ticket;

import com.flashsale.platform.fastpath.FastRoute;
import com.flashsale.waitlist.ticket.TicketController.JoinRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A crowd joins at once, and each of its customers is new. */
@Configuration(proxyBeanMethods = false)
class JoinFastRoute {

    @Bean
    FastRoute<JoinRequest> join(TicketController controller) {
        return new FastRoute<>(
                "/api/v1/sales/{saleId}/queue-tickets",
                JoinRequest.class,
                false,
                call -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(controller.join(call.variable(), call.caller(), call.bodyOrNull())));
    }
}

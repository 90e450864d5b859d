package com.flashsale.waitlist.ticket;

import com.flashsale.platform.fastpath.FastRoute;
import com.flashsale.waitlist.ticket.TicketController.ClaimRequest;
import com.flashsale.waitlist.ticket.TicketController.JoinRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** A crowd joins at once, each of its customers is new, and each asks for the own ticket and claims an admission. */
@Configuration(proxyBeanMethods = false)
class TicketFastRoutes {

    @Bean
    FastRoute<JoinRequest> join(TicketController controller) {
        return FastRoute.post(
                "/api/v1/sales/{saleId}/queue-tickets",
                JoinRequest.class,
                false,
                call -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(controller.join(call.variable(), call.caller(), call.bodyOrNull())));
    }

    @Bean
    FastRoute<Void> mine(TicketController controller) {
        return FastRoute.get(
                "/api/v1/sales/{saleId}/queue-tickets/mine", call -> controller.mine(call.variable(), call.caller()));
    }

    @Bean
    FastRoute<ClaimRequest> claim(TicketController controller) {
        return FastRoute.post(
                "/api/v1/sales/{saleId}/admissions",
                ClaimRequest.class,
                true,
                call -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(controller.claim(call.variable(), call.caller(), call.body())));
    }
}

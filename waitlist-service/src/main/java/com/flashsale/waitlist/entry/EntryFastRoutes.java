package com.flashsale.waitlist.entry;

import com.flashsale.platform.fastpath.FastRoute;
import com.flashsale.waitlist.entry.WaitlistController.JoinRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The customers of a sold-out sale come to the waitlist at once, and look at their entries until it is over. */
@Configuration(proxyBeanMethods = false)
class EntryFastRoutes {

    @Bean
    FastRoute<JoinRequest> joinWaitlistFast(WaitlistController controller) {
        return FastRoute.post(
                "/api/v1/sales/{saleId}/waitlist-entries",
                JoinRequest.class,
                false,
                call -> controller.join(call.variable(), call.caller(), call.bodyOrNull()));
    }

    @Bean
    FastRoute<Void> oneEntry(WaitlistController controller) {
        return FastRoute.get("/api/v1/waitlist-entries/{id}", call -> controller.entry(call.variable(), call.caller()));
    }
}

package com.flashsale.order.placement;

import com.flashsale.order.placement.PlacementController.NewOrder;
import com.flashsale.platform.fastpath.FastRoute;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Orders are most of the requests of this service, and they come at once. */
@Configuration(proxyBeanMethods = false)
class PlacementFastRoute {

    @Bean
    FastRoute<NewOrder> placement(PlacementController controller) {
        return FastRoute.post(
                PlacementController.PATH,
                NewOrder.class,
                true,
                call -> controller.place(call.caller(), call.idempotencyKey(), call.body()));
    }
}

package com.flashsale.order.order;

import com.flashsale.platform.fastpath.FastRoute;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Each customer looks at the own order until it is decided and paid. */
@Configuration(proxyBeanMethods = false)
class OrderFastRoute {

    @Bean
    FastRoute<Void> oneOrder(OrderController controller) {
        return FastRoute.get("/api/v1/orders/{id}", call -> controller.one(call.caller(), call.variable()));
    }
}

package com.flashsale.order.payment;

import com.flashsale.platform.loadtest.TagOwner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rows of a load test: those of its sales, and the payments of their orders. */
@Configuration(proxyBeanMethods = false)
class PurgeConfiguration {

    @Bean
    TagOwner saleOfRows() {
        return new TagOwner("sale_id", "sale", "id", false);
    }

    @Bean
    TagOwner orderOfPayments() {
        return new TagOwner("order_id", "orders", "id", true);
    }
}

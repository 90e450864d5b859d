package com.flashsale.waitlist.sale;

import com.flashsale.platform.loadtest.TagOwner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rows of a load test: those of its sales. */
@Configuration(proxyBeanMethods = false)
class PurgeConfiguration {

    @Bean
    TagOwner saleOfRows() {
        return new TagOwner("sale_id", "sale", "sale_id", false);
    }
}

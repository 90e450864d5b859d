package com.flashsale.order;

import com.flashsale.platform.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Orders are for people and synthetic shoppers; operators and machines have no orders. */
@Configuration(proxyBeanMethods = false)
class OrderAccessConfiguration {

    @Bean
    AccessRules accessRules() {
        return rules ->
                rules.requestMatchers("/api/v1/orders", "/api/v1/orders/**").hasAuthority("SCOPE_shop");
    }
}

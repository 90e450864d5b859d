package com.flashsale.inventory;

import static org.springframework.http.HttpMethod.GET;

import com.flashsale.platform.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One harmless figure is open inside the cluster; nothing here is reachable through the gateway. */
@Configuration(proxyBeanMethods = false)
class InternalAccessConfiguration {

    @Bean
    AccessRules accessRules() {
        return rules -> rules.requestMatchers(GET, "/internal/v1/sales/*/stock").permitAll();
    }
}

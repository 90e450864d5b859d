package com.flashsale.catalog;

import com.flashsale.platform.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Everybody may look, only operators may change. */
@Configuration(proxyBeanMethods = false)
class CatalogAccess {

    @Bean
    AccessRules catalogRules() {
        return rules -> rules.requestMatchers(
                        HttpMethod.GET,
                        "/v3/api-docs",
                        "/api/v1/products",
                        "/api/v1/products/{id}",
                        "/api/v1/sales",
                        "/api/v1/sales/{id}")
                .permitAll()
                .requestMatchers(
                        HttpMethod.POST,
                        "/api/v1/products",
                        "/api/v1/sales",
                        "/api/v1/sales/{id}/pause",
                        "/api/v1/sales/{id}/resume",
                        "/api/v1/sales/{id}/end")
                .hasAuthority("SCOPE_operator");
    }
}

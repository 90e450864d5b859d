package com.flashsale.auth.token;

import com.flashsale.platform.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** Access rules of this service's own API. */
@Configuration(proxyBeanMethods = false)
class ApiAccessConfiguration {

    @Bean
    AccessRules accessRules() {
        return rules -> rules.requestMatchers(HttpMethod.POST, "/api/v1/accounts")
                .permitAll()
                .requestMatchers(HttpMethod.GET, "/api/v1/accounts/{id}")
                .hasAuthority("SCOPE_shop")
                .requestMatchers("/api/v1/signing-keys", "/api/v1/signing-keys/rotation")
                .hasAuthority("SCOPE_operator")
                .requestMatchers("/api/v1/synthetic-shoppers")
                .hasAuthority("SCOPE_load-test");
    }
}

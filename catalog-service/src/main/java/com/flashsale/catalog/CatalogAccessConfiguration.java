package com.flashsale.catalog;

import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.security.AccessRules;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Access rules: reads are public, changes are for operators and load tests. A load test may change only rows with its
 * own tag. Switches are for operators alone.
 */
@Configuration(proxyBeanMethods = false)
class CatalogAccessConfiguration {

    @Bean
    AccessRules catalogRules() {
        return rules -> rules.requestMatchers(
                        HttpMethod.GET,
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
                .access(CatalogAccessConfiguration::mayChange)
                .requestMatchers(HttpMethod.PUT, "/api/v1/sales/{id}/admission-pace")
                .access(CatalogAccessConfiguration::mayChange)
                .requestMatchers("/api/v1/switches", "/api/v1/switches/{name}")
                .hasAuthority("SCOPE_operator")
                // the gateway has no route to it
                .requestMatchers(HttpMethod.GET, "/internal/v1/switches")
                .permitAll();
    }

    /**
     * A load test names itself in a header. The rows that it makes carry this name as their tag, and it may change no
     * others.
     */
    private static AuthorizationDecision mayChange(
            Supplier<? extends Authentication> caller, RequestAuthorizationContext request) {
        var scopes = caller.get().getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .toList();
        var tagged = request.getRequest().getHeader(LoadTest.HEADER) != null;
        return new AuthorizationDecision(
                scopes.contains("SCOPE_operator") || (scopes.contains("SCOPE_load-test") && tagged));
    }
}

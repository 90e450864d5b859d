package com.flashsale.waitlist;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.HEAD;
import static org.springframework.http.HttpMethod.POST;

import com.flashsale.platform.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How a queue stands is public; a place in it belongs to a customer. */
@Configuration(proxyBeanMethods = false)
class WaitlistAccessConfiguration {

    private static final String SHOPPER = "SCOPE_shop";

    @Bean
    AccessRules accessRules() {
        return rules -> rules.requestMatchers(GET, "/internal/v1/sales/*/sold-out-crowd")
                .permitAll()
                .requestMatchers(
                        GET, "/api/v1/sales/*/queue", "/api/v1/sales/*/queue/events", "/api/v1/sales/*/queue/draw")
                .permitAll()
                // answered with 405: a stream is not for those who only want its head
                .requestMatchers(HEAD, "/api/v1/sales/*/queue/events")
                .permitAll()
                .requestMatchers(
                        POST,
                        "/api/v1/sales/*/queue-tickets",
                        "/api/v1/sales/*/admissions",
                        "/api/v1/sales/*/waitlist-entries")
                .hasAuthority(SHOPPER)
                .requestMatchers(
                        GET,
                        "/api/v1/sales/*/queue-tickets/mine",
                        "/api/v1/waitlist-entries",
                        "/api/v1/waitlist-entries/*")
                .hasAuthority(SHOPPER)
                .requestMatchers(DELETE, "/api/v1/waitlist-entries/*")
                .hasAuthority(SHOPPER);
    }
}

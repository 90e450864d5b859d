package com.flashsale.payment.access;

import com.flashsale.payment.PaymentSettings;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import com.flashsale.platform.web.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;

/** Everything needs the API key; access tokens of the platform mean nothing to a payment provider. */
@Configuration(proxyBeanMethods = false)
class ApiKeySecurity {

    @Bean
    @Order(100)
    SecurityFilterChain apiKeySecurityChain(HttpSecurity http, PaymentSettings settings, ProblemWriter problems) {
        AuthenticationEntryPoint refusal = (_, response, _) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(
                    response, new ProblemException(ProblemTypes.UNAUTHORIZED, "Send the API key as a bearer token."));
        };
        return http.authorizeHttpRequests(rules ->
                        rules.requestMatchers("/error").permitAll().anyRequest().authenticated())
                .addFilterBefore(new ApiKeyFilter(settings.apiKey()), AnonymousAuthenticationFilter.class)
                .exceptionHandling(handling -> handling.authenticationEntryPoint(refusal))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }
}

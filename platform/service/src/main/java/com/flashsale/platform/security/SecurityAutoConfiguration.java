package com.flashsale.platform.security;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.token.VerifiedTokenStamp;
import com.flashsale.platform.web.ProblemWriter;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/** Makes each service a resource server that denies by default; its {@link AccessRules} bean names the open paths. */
@AutoConfiguration(before = OAuth2ResourceServerAutoConfiguration.class)
@EnableConfigurationProperties(SecuritySettings.class)
public class SecurityAutoConfiguration {

    @Bean
    @ConditionalOnExpression("!'${platform.signed-tokens.keys:}'.isEmpty()")
    SignedTokens signedTokens(@Value("${platform.signed-tokens.keys}") String keys) {
        return new SignedTokens(keys);
    }

    @Bean
    @ConditionalOnBean(AccessRules.class)
    JWKSource<SecurityContext> accessTokenKeys(SecuritySettings settings) {
        return AccessTokens.keys(settings);
    }

    @Bean
    @ConditionalOnBean(AccessRules.class)
    KeyWarmUp keyWarmUp(@Qualifier("accessTokenKeys") JWKSource<SecurityContext> keys) {
        return new KeyWarmUp(keys);
    }

    @Bean
    @ConditionalOnBean(AccessRules.class)
    @ConditionalOnMissingBean(JwtDecoder.class)
    CachingJwtDecoder accessTokenDecoder(
            SecuritySettings settings, @Qualifier("accessTokenKeys") JWKSource<SecurityContext> keys, Clock clock) {
        return new CachingJwtDecoder(
                AccessTokens.decoder(settings, keys),
                AccessTokens.stampedDecoder(settings),
                clock,
                settings.cachedTokens().toBytes());
    }

    /** Only services that share a key with the gateway can verify its stamp; the others check each token. */
    @Bean
    @ConditionalOnExpression("!'${platform.signed-tokens.keys:}'.isEmpty()")
    @ConditionalOnBean(CachingJwtDecoder.class)
    BearerTokenResolver verifiedTokenResolver(
            @Value("${platform.signed-tokens.keys}") String keys, CachingJwtDecoder decoder, Clock clock) {
        return new VerifiedTokenResolver(new VerifiedTokenStamp(keys, clock), decoder);
    }

    /** Runs behind Spring Security's filters (-100), when the caller is known. */
    @Bean
    @ConditionalOnBean(AccessRules.class)
    FilterRegistrationBean<LoadTestFilter> loadTestFilter(ProblemWriter problems, LoadTests loadTests) {
        var registration = new FilterRegistrationBean<>(new LoadTestFilter(problems, loadTests));
        registration.setOrder(0);
        return registration;
    }

    /** A span and a timer for each filter of each request cost more than they tell: the request itself is observed. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /** The management port carries health and metrics only, and no service of the platform routes to it. */
    @Bean
    @Order(10)
    SecurityFilterChain managementSecurity(HttpSecurity http) {
        return http.securityMatcher(EndpointRequest.toAnyEndpoint())
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(100)
    @ConditionalOnBean(AccessRules.class)
    SecurityFilterChain apiSecurity(
            HttpSecurity http,
            AccessRules access,
            JwtDecoder decoder,
            ObjectProvider<BearerTokenResolver> tokens,
            ProblemWriter problems) {
        var refusals = new ProblemEntryPoint(problems);
        var resolver = tokens.getIfAvailable(DefaultBearerTokenResolver::new);
        return http.authorizeHttpRequests(rules -> {
                    rules.requestMatchers("/error", "/v3/api-docs").permitAll();
                    rules.requestMatchers("/internal/v1/load-tests/**", "/internal/v1/load-tests")
                            .hasAuthority(LoadTestFilter.AUTHORITY);
                    access.apply(rules);
                    rules.anyRequest().denyAll();
                })
                .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(decoder))
                        .bearerTokenResolver(resolver)
                        .authenticationEntryPoint(refusals)
                        .accessDeniedHandler(refusals))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // no cookies, no form: nothing that a foreign page could make a browser send
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @ConditionalOnBean({CachingJwtDecoder.class, AccessRules.class})
    KnownCallers knownCallers(
            ObjectProvider<BearerTokenResolver> tokens,
            CachingJwtDecoder decoder,
            @Qualifier("apiSecurity") SecurityFilterChain chain,
            LoadTests loadTests) {
        var access = chain.getFilters().stream()
                .filter(AuthorizationFilter.class::isInstance)
                .map(AuthorizationFilter.class::cast)
                .findFirst()
                .orElseThrow();
        return new KnownCallers(
                tokens.getIfAvailable(DefaultBearerTokenResolver::new),
                decoder,
                access.getAuthorizationManager(),
                loadTests);
    }
}

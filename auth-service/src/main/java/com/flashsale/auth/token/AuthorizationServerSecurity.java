package com.flashsale.auth.token;

import com.flashsale.auth.keys.SigningKeys;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2ClientAuthenticationConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Four filter chains in this order: the published keys (nothing to check), OAuth and OpenID Connect (this class), the
 * pages ({@code signin}), and last the API, where the platform denies what no rule opens.
 */
@Configuration(proxyBeanMethods = false)
class AuthorizationServerSecurity {

    @Bean
    @Order(1)
    SecurityFilterChain publishedKeys(HttpSecurity http) {
        return http.securityMatcher("/oauth2/jwks")
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .headers(headers -> headers.cacheControl(cache -> cache.disable()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain authorizationServer(
            HttpSecurity http,
            SigningKeys keys,
            RegisteredClientRepository clients,
            OpenIdConnect openId,
            PlatformTransactionManager transactions) {
        // the published keys only: a private key cannot leave by an endpoint that does not have it
        JWKSource<SecurityContext> published = (selector, _) -> selector.select(keys.publicKeys());
        http.setSharedObject(JWKSource.class, published);
        var inTransactions = new TransactionTemplate(transactions);
        return http.oauth2AuthorizationServer(server -> {
                    http.securityMatcher(server.getEndpointsMatcher());
                    configure(server, clients, openId);
                    server.tokenEndpoint(endpoint -> endpoint.authenticationProviders(providers ->
                            providers.replaceAll(one -> new TransactionalAuthenticationProvider(one, inTransactions))));
                })
                .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(new LoginRedirectEntryPoint(clients)))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.NEVER))
                .requestCache(AbstractHttpConfigurer::disable)
                .build();
    }

    private static void configure(
            OAuth2AuthorizationServerConfigurer server, RegisteredClientRepository clients, OpenIdConnect openId) {
        server.clientAuthentication(authentication -> clientsWithAndWithoutSecret(authentication, clients))
                .authorizationServerMetadataEndpoint(
                        endpoint -> endpoint.authorizationServerMetadataCustomizer(openId::describe))
                .oidc(openId::configure);
    }

    private static void clientsWithAndWithoutSecret(
            OAuth2ClientAuthenticationConfigurer authentication, RegisteredClientRepository clients) {
        authentication
                .authenticationConverter(new PublicClientRequest.Converter())
                .authenticationProvider(new PublicClientRequest.Provider(clients))
                .authenticationProviders(
                        providers -> providers.forEach(AuthorizationServerSecurity::compareSecretsByDigest));
    }

    private static void compareSecretsByDigest(AuthenticationProvider provider) {
        if (provider instanceof ClientSecretAuthenticationProvider secrets) {
            secrets.setPasswordEncoder(new ClientSecretEncoder());
        }
    }
}

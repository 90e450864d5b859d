package com.flashsale.auth.token;

import com.flashsale.auth.AuthSettings;
import com.flashsale.auth.TokenLifetimes;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/**
 * The three OAuth clients. They are part of the program, with fixed ids, so that all replicas agree without a table.
 */
@Configuration(proxyBeanMethods = false)
class Clients {

    static final String STOREFRONT = "storefront";
    static final String OPERATOR = "operator";
    static final String LOAD_TEST = "load-test";
    static final String SHOP = "shop";

    @Bean
    RegisteredClientRepository registeredClients(
            AuthSettings settings, ClientSecrets secrets, TokenLifetimes lifetimes) {
        return new InMemoryRegisteredClientRepository(
                storefront(settings.issuer().toString(), lifetimes),
                machine(OPERATOR, secrets.operatorSecret(), lifetimes),
                machine(LOAD_TEST, secrets.loadTestSecret(), lifetimes));
    }

    /**
     * Runs in browsers and keeps no secret. PKCE binds the code to the browser that asked for it; rotation reveals a
     * stolen refresh token.
     */
    private static RegisteredClient storefront(String issuer, TokenLifetimes lifetimes) {
        return RegisteredClient.withId(STOREFRONT)
                .clientId(STOREFRONT)
                .clientName("Storefront")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                .redirectUris(
                        uris -> uris.addAll(Set.of(issuer + "/callback", issuer + "/callback.html", issuer + "/")))
                .postLogoutRedirectUri(issuer + "/")
                .scopes(scopes -> scopes.addAll(Set.of(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL, SHOP)))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(tokens(lifetimes).reuseRefreshTokens(false).build())
                .build();
    }

    private static RegisteredClient machine(String id, String secret, TokenLifetimes lifetimes) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientName(id)
                .clientSecret(Digests.sha256(secret))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(id)
                .tokenSettings(tokens(lifetimes).build())
                .build();
    }

    private static TokenSettings.Builder tokens(TokenLifetimes lifetimes) {
        return TokenSettings.builder()
                .authorizationCodeTimeToLive(lifetimes.code())
                .accessTokenTimeToLive(lifetimes.access())
                .refreshTokenTimeToLive(lifetimes.refresh())
                .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256);
    }
}

package com.flashsale.auth.token;

import com.flashsale.auth.AuthSettings;
import com.flashsale.auth.TokenLives;
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
    RegisteredClientRepository registeredClients(AuthSettings settings, ClientSecrets secrets, TokenLives lives) {
        return new InMemoryRegisteredClientRepository(
                storefront(settings.issuer().toString(), lives),
                machine(OPERATOR, secrets.operatorSecret(), lives),
                machine(LOAD_TEST, secrets.loadTestSecret(), lives));
    }

    /**
     * Runs in browsers and keeps no secret. PKCE binds the code to the browser that asked for it; rotation reveals a
     * stolen refresh token.
     */
    private static RegisteredClient storefront(String issuer, TokenLives lives) {
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
                .tokenSettings(tokens(lives).reuseRefreshTokens(false).build())
                .build();
    }

    private static RegisteredClient machine(String id, String secret, TokenLives lives) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientName(id)
                .clientSecret(Digests.sha256(secret))
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scope(id)
                .tokenSettings(tokens(lives).build())
                .build();
    }

    private static TokenSettings.Builder tokens(TokenLives lives) {
        return TokenSettings.builder()
                .authorizationCodeTimeToLive(lives.code())
                .accessTokenTimeToLive(lives.access())
                .refreshTokenTimeToLive(lives.refresh())
                .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256);
    }
}

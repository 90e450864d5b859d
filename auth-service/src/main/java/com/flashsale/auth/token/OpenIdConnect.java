package com.flashsale.auth.token;

import com.flashsale.auth.account.Account;
import com.flashsale.auth.account.Accounts;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OidcConfigurer;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationServerMetadata;
import org.springframework.security.oauth2.server.authorization.oidc.OidcProviderConfiguration;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationContext;
import org.springframework.stereotype.Component;

/** The discovery documents, the end of a session, and the personal data that a person's own client may read. */
@Component
class OpenIdConnect {

    private static final String NONE = "none";

    private final Accounts accounts;
    private final EndOfSession endOfSession;

    OpenIdConnect(Accounts accounts, EndOfSession endOfSession) {
        this.accounts = accounts;
        this.endOfSession = endOfSession;
    }

    void configure(OidcConfigurer oidc) {
        oidc.providerConfigurationEndpoint(endpoint -> endpoint.providerConfigurationCustomizer(this::describe))
                .userInfoEndpoint(endpoint -> endpoint.userInfoMapper(this::userInfo))
                .logoutEndpoint(endpoint -> endpoint.logoutResponseHandler(endOfSession::granted)
                        .errorResponseHandler(endOfSession::refused));
    }

    private void describe(OidcProviderConfiguration.Builder document) {
        document.idTokenSigningAlgorithms(algorithms -> replace(algorithms, "ES256"))
                .scopes(scopes ->
                        replace(scopes, OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL, Clients.SHOP))
                .tokenEndpointAuthenticationMethods(methods -> replace(methods, "client_secret_basic", NONE))
                .grantTypes(grants -> replace(grants, "authorization_code", "refresh_token", "client_credentials"));
    }

    void describe(OAuth2AuthorizationServerMetadata.Builder document) {
        document.tokenEndpointAuthenticationMethods(methods -> replace(methods, "client_secret_basic", NONE))
                .grantTypes(grants -> replace(grants, "authorization_code", "refresh_token", "client_credentials"));
    }

    /** Reads the account at the time of the request, since tokens carry nothing personal. */
    private OidcUserInfo userInfo(OidcUserInfoAuthenticationContext context) {
        var account = accounts.find(UUID.fromString(context.getAuthorization().getPrincipalName()))
                .orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_TOKEN));
        return userInfo(account, context.getAccessToken().getScopes());
    }

    private static OidcUserInfo userInfo(Account account, Set<String> scopes) {
        var claims = OidcUserInfo.builder().subject(account.id().toString());
        if (scopes.contains(OidcScopes.EMAIL)) claims.email(account.email());
        if (scopes.contains(OidcScopes.PROFILE) && account.displayName() != null) claims.name(account.displayName());
        return claims.build();
    }

    private static void replace(List<String> values, String... by) {
        values.clear();
        values.addAll(List.of(by));
    }
}

package com.flashsale.auth.token;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;

/**
 * Replaces the values of codes and tokens by their digests before they are stored, and restores the one value that the
 * caller presented. A reader of the table cannot use these digests: a digest presented as a token is digested again and
 * matches nothing.
 */
final class HashedAuthorizations {

    private static final String MARK = "sha256:";

    private HashedAuthorizations() {}

    static String hash(String value) {
        return MARK + Digests.sha256(value);
    }

    static OAuth2Authorization hashed(OAuth2Authorization authorization) {
        return rewritten(authorization, value -> value.startsWith(MARK) ? value : hash(value));
    }

    static OAuth2Authorization restored(OAuth2Authorization authorization, String presented) {
        var hash = hash(presented);
        return rewritten(authorization, value -> value.equals(hash) ? presented : value);
    }

    private interface Rewrite {
        String of(String value);
    }

    private static OAuth2Authorization rewritten(OAuth2Authorization authorization, Rewrite rewrite) {
        var copy = OAuth2Authorization.from(authorization);
        var code = tokenOf(authorization, OAuth2AuthorizationCode.class);
        if (code != null && code.getIssuedAt() != null && code.getExpiresAt() != null) {
            copy.token(new OAuth2AuthorizationCode(
                    rewrite.of(code.getTokenValue()), code.getIssuedAt(), code.getExpiresAt()));
        }
        var access = tokenOf(authorization, OAuth2AccessToken.class);
        if (access != null) {
            copy.token(new OAuth2AccessToken(
                    access.getTokenType(),
                    rewrite.of(access.getTokenValue()),
                    access.getIssuedAt(),
                    access.getExpiresAt(),
                    access.getScopes()));
        }
        var refresh = tokenOf(authorization, OAuth2RefreshToken.class);
        if (refresh != null) {
            copy.token(new OAuth2RefreshToken(
                    rewrite.of(refresh.getTokenValue()), refresh.getIssuedAt(), refresh.getExpiresAt()));
        }
        var id = tokenOf(authorization, OidcIdToken.class);
        if (id != null) {
            copy.token(new OidcIdToken(
                    rewrite.of(id.getTokenValue()), id.getIssuedAt(), id.getExpiresAt(), id.getClaims()));
        }
        return copy.build();
    }

    private static <T extends OAuth2Token> @Nullable T tokenOf(OAuth2Authorization authorization, Class<T> type) {
        var token = authorization.getToken(type);
        return token == null ? null : token.getToken();
    }
}

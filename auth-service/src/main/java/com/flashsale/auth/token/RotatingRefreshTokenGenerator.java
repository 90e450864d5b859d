package com.flashsale.auth.token;

import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.Base64StringKeyGenerator;
import org.springframework.security.crypto.keygen.StringKeyGenerator;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Refresh tokens for the storefront. Spring's own generator gives none to a client without a secret; rotation and reuse
 * detection (RFC 9700, section 2.2.2) make them safe. A chain ends when its first token would have: refreshing does not
 * prolong it.
 */
final class RotatingRefreshTokenGenerator implements OAuth2TokenGenerator<OAuth2RefreshToken> {

    private static final int RANDOM_BYTES = 48;

    private final StringKeyGenerator random =
            new Base64StringKeyGenerator(Base64.getUrlEncoder().withoutPadding(), RANDOM_BYTES);
    private final Clock clock;

    RotatingRefreshTokenGenerator(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType())) return null;
        var now = clock.instant();
        return new OAuth2RefreshToken(random.generateKey(), now, endOfChain(context, now));
    }

    private static Instant endOfChain(OAuth2TokenContext context, Instant now) {
        var authorization = context.getAuthorization();
        var earlier = authorization == null ? null : authorization.getRefreshToken();
        var end = earlier == null ? null : earlier.getToken().getExpiresAt();
        return end != null
                ? end
                : now.plus(context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive());
    }
}

package com.flashsale.platform.security;

import com.flashsale.platform.token.VerifiedTokenStamp;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/**
 * Reads a request's token, and whether the gateway has proved that it checked it. Without a proof it is checked here,
 * by its signature.
 */
final class VerifiedTokenResolver implements BearerTokenResolver {

    private final DefaultBearerTokenResolver bearer = new DefaultBearerTokenResolver();
    private final VerifiedTokenStamp proofs;
    private final CachingJwtDecoder decoder;

    VerifiedTokenResolver(VerifiedTokenStamp proofs, CachingJwtDecoder decoder) {
        this.proofs = proofs;
        this.decoder = decoder;
    }

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        var token = bearer.resolve(request);
        if (token != null && proofs.proves(request.getHeader(VerifiedTokenStamp.HEADER), token)) decoder.trust(token);
        return token;
    }
}

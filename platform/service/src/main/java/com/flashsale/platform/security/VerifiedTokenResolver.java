package com.flashsale.platform.security;

import com.flashsale.platform.token.VerifiedTokenStamp;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/**
 * Reads the token of a request. With a valid stamp of the gateway its signature counts as checked; otherwise it is
 * checked here.
 */
final class VerifiedTokenResolver implements BearerTokenResolver {

    private final DefaultBearerTokenResolver bearer = new DefaultBearerTokenResolver();
    private final VerifiedTokenStamp stamps;
    private final CachingJwtDecoder decoder;

    VerifiedTokenResolver(VerifiedTokenStamp stamps, CachingJwtDecoder decoder) {
        this.stamps = stamps;
        this.decoder = decoder;
    }

    @Override
    public @Nullable String resolve(HttpServletRequest request) {
        var token = bearer.resolve(request);
        if (token != null
                && decoder.known(token) == null
                && stamps.isValid(request.getHeader(VerifiedTokenStamp.HEADER), token)) decoder.trust(token);
        return token;
    }
}

package com.flashsale.platform.security;

import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.observability.LoadTest;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Finds the caller of a request without the filters of Spring Security, by the same tokens, {@link AccessRules} and
 * rules for load tests. It finds only callers whom the filters let pass, and whose token needs no signature check in
 * this process. The filters decide about all other requests and write the refusals.
 */
public final class KnownCallers {

    private static final Logger log = LoggerFactory.getLogger(KnownCallers.class);

    /** @param loadTest the run whose data the request may write, if any */
    public record Caller(Jwt token, @Nullable String loadTest) {}

    private final BearerTokenResolver tokens;
    private final CachingJwtDecoder decoder;
    private final AuthorizationManager<HttpServletRequest> access;
    private final LoadTests loadTests;
    private final JwtAuthenticationConverter authorities = new JwtAuthenticationConverter();

    /** @param access the manager of the filter chain of the API */
    KnownCallers(
            BearerTokenResolver tokens,
            CachingJwtDecoder decoder,
            AuthorizationManager<HttpServletRequest> access,
            LoadTests loadTests) {
        this.tokens = tokens;
        this.decoder = decoder;
        this.access = access;
        this.loadTests = loadTests;
    }

    /** Returns null for a request that the filters must judge. */
    public @Nullable Caller find(HttpServletRequest request) {
        var token = verified(request);
        if (token == null || !(authorities.convert(token) instanceof JwtAuthenticationToken caller)) return null;
        if (!mayCall(caller, request)) return null;
        var tag = LoadTestFilter.tagOf(request, caller);
        if (tag != null
                && (LoadTest.valid(tag).isEmpty() || loadTests.refusal(tag).isPresent())) return null;
        return new Caller(token, tag);
    }

    private @Nullable Jwt verified(HttpServletRequest request) {
        try {
            var token = tokens.resolve(request);
            return token == null ? null : decoder.known(token);
        } catch (AuthenticationException refused) {
            log.debug("The filters refuse this request: {}", refused.toString());
            return null;
        }
    }

    private boolean mayCall(JwtAuthenticationToken caller, HttpServletRequest request) {
        // without this, each rule parses the path again
        ServletRequestPathUtils.parseAndCache(request);
        try {
            var decision = access.authorize(() -> caller, request);
            return decision != null && decision.isGranted();
        } finally {
            ServletRequestPathUtils.clearParsedRequestPath(request);
        }
    }
}

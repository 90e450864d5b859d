package com.flashsale.gateway.auth;

import com.flashsale.platform.token.VerifiedTokenStamp;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * Tells the services that a token was verified here, so that a request costs one signature check and not one at each
 * hop.
 */
@Component
public class VerifiedTokenStamps {

    private final @Nullable VerifiedTokenStamp stamp;

    VerifiedTokenStamps(TokenSettings settings) {
        stamp = settings.proofKeys().isEmpty()
                ? null
                : new VerifiedTokenStamp(settings.proofKeys(), InstantSource.system());
    }

    /** The stamp for the caller of an exchange; empty without a genuine token. */
    public Optional<String> ofCaller(ServerWebExchange exchange) {
        if (!(Caller.of(exchange) instanceof Caller.Known)) return Optional.empty();
        var authorization = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        return Optional.ofNullable(authorization).map(this::of);
    }

    /**
     * The stamp for a genuine token; null without a key.
     *
     * @param authorization the header of a caller who showed the token
     */
    public @Nullable String of(String authorization) {
        return stamp == null ? null : stamp.of(TokenAuthenticator.tokenOf(authorization));
    }
}

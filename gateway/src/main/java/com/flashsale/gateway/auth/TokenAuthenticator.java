package com.flashsale.gateway.auth;

import com.flashsale.gateway.auth.Caller.Anonymous;
import com.flashsale.gateway.auth.Caller.InvalidToken;
import com.flashsale.gateway.auth.Caller.Known;
import com.flashsale.gateway.auth.Caller.Unverifiable;
import com.flashsale.platform.token.AccessTokenVerifier;
import com.flashsale.platform.token.AccessTokenVerifier.Genuine;
import com.flashsale.platform.token.AccessTokenVerifier.Refused;
import com.flashsale.platform.token.AccessTokenVerifier.UnknownKey;
import com.flashsale.platform.token.VerificationKeys;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Identifies the caller. A verified token is remembered by its hash, and counts until it expires or its key is
 * withdrawn.
 */
@Component
public class TokenAuthenticator {

    private static final String SCHEME = "bearer ";

    /** In characters; a token of auth-service has less than a quarter of this. */
    private static final int LONGEST = 4096;

    /** 128 bits: no client can find two tokens with the same hash, and each remembered token takes less room. */
    private static final int HASH_BYTES = 16;

    private static final Duration REFUSED_FOR = Duration.ofSeconds(1);
    private static final int MOST_REFUSED = 1000;

    private final SigningKeys keys;
    private final AccessTokenVerifier verifier;
    private final RecentCallers verified;

    /** The reasons of recent refusals: the connection tries a token first, and the usual path decides about it. */
    private final Cache<String, String> refused = Caffeine.newBuilder()
            .expireAfterWrite(REFUSED_FOR)
            .maximumSize(MOST_REFUSED)
            .build();

    private final InstantSource clock = InstantSource.system();

    TokenAuthenticator(SigningKeys keys, TokenSettings settings) {
        this.keys = keys;
        verifier = new AccessTokenVerifier(settings.issuer(), settings.audience(), settings.clockSkew());
        verified = new RecentCallers(settings.cachedTokens() / 2);
    }

    public Mono<Caller> identify(ServerWebExchange exchange) {
        return identify(exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION));
    }

    /** @param sent all values of the Authorization header */
    public Mono<Caller> identify(List<String> sent) {
        if (sent.isEmpty()) return Mono.just(new Anonymous());
        if (sent.size() > 1) return Mono.just(new InvalidToken("more than one Authorization header"));
        var value = sent.getFirst();
        // anything else, such as a client's Basic credentials, is for the service to judge
        if (!isBearer(value)) return Mono.just(new Anonymous());
        return identify(tokenOf(value));
    }

    /** The owner of a token that was verified before and still counts; null where it must be verified. */
    public @Nullable Known recent(String authorization) {
        if (!isBearer(authorization)) return null;
        var token = tokenOf(authorization);
        var known = token.length() > LONGEST ? null : verified.find(hash(token));
        return known != null && isCurrent(known) ? known : null;
    }

    /** The owner of a genuine token, verified now if necessary; null where the usual path has to decide. */
    public @Nullable Known verified(String authorization) {
        if (!isBearer(authorization)) return null;
        return known(tokenOf(authorization)) instanceof Known known ? known : null;
    }

    private static boolean isBearer(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** @param authorization the header of a caller who showed a token */
    public static String tokenOf(String authorization) {
        return authorization.substring(SCHEME.length()).strip();
    }

    private Mono<Caller> identify(String token) {
        var caller = known(token);
        return caller != null
                ? Mono.just(caller)
                : keys.refreshForUnknownKey().map(fetched -> lastWord(token, hash(token), fetched));
    }

    /** The caller by the keys at hand; null for an unknown key. */
    private @Nullable Caller known(String token) {
        if (token.length() > LONGEST) return new InvalidToken("too long");
        var hash = hash(token);
        var known = verified.find(hash);
        if (known != null && isCurrent(known)) return known;
        var before = refused.getIfPresent(hash);
        if (before != null) return new InvalidToken(before);
        return switch (verifier.verify(token, keys.current(), clock.instant())) {
            case Genuine genuine -> remember(hash, Known.of(genuine));
            case Refused(var reason) -> {
                refused.put(hash, reason);
                yield new InvalidToken(reason);
            }
            case UnknownKey _ -> null;
        };
    }

    private Caller lastWord(String token, String hash, VerificationKeys fetched) {
        if (fetched.isEmpty()) return new Unverifiable();
        return switch (verifier.verify(token, fetched, clock.instant())) {
            case Genuine genuine -> remember(hash, Known.of(genuine));
            case Refused(var reason) -> new InvalidToken(reason);
            case UnknownKey _ -> new InvalidToken("unknown key");
        };
    }

    private boolean isCurrent(Known known) {
        return keys.current().has(known.keyId()) && clock.instant().isBefore(known.expiresAt());
    }

    private Known remember(String hash, Known caller) {
        verified.remember(hash, caller);
        return caller;
    }

    private static String hash(String token) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, HASH_BYTES));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

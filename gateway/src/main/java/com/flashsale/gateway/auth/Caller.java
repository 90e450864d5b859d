package com.flashsale.gateway.auth;

import static com.flashsale.platform.problem.ProblemTypes.SERVICE_UNAVAILABLE;
import static com.flashsale.platform.problem.ProblemTypes.UNAUTHORIZED;

import com.flashsale.gateway.client.Client;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.token.AccessTokenVerifier.Genuine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** The identity that a request claims. */
public sealed interface Caller {

    /** The request has no access token. */
    record Anonymous() implements Caller {}

    /**
     * The request has a genuine token.
     *
     * @param subject a customer's id or a machine's name
     * @param keyId the key that signed the token
     * @param expiresAt from here on the token counts no more, our clock's tolerance included
     * @param shops whether it may buy
     * @param runsLoadTests whether it may tag requests as those of a load test
     * @param loadTest the load test that made this customer; null for real ones
     */
    record Known(
            String subject,
            String keyId,
            Instant expiresAt,
            boolean shops,
            boolean runsLoadTests,
            @Nullable String loadTest)
            implements Caller {

        private static final String SHOP = "shop";
        private static final String LOAD_TEST = "load-test";

        static Known of(Genuine token) {
            var loadTest = token.claims().getClaim(LoadTest.CLAIM);
            return new Known(
                    token.claims().getSubject(),
                    // one text for all callers that are remembered
                    token.keyId().intern(),
                    token.countsUntil(),
                    token.hasScope(SHOP),
                    token.hasScope(LOAD_TEST),
                    loadTest == null ? null : loadTest.toString());
        }

        /**
         * The load test of a request, as the services see it: the one that the request names if this caller may name
         * one, else the caller's own.
         */
        public @Nullable String loadTestOf(@Nullable String said) {
            return runsLoadTests && said != null ? said : loadTest;
        }
    }

    /** The request has an invalid token. */
    record InvalidToken(String reason) implements Caller {}

    /** The request has a token that cannot be verified: no key has been fetched since this process began. */
    record Unverifiable() implements Caller {}

    String INVALID_TOKEN_CHALLENGE = "Bearer error=\"invalid_token\"";

    /** The fault of an invalid or unverifiable token, also on public paths: its holder assumes they are signed in. */
    default @Nullable ProblemException fault() {
        return switch (this) {
            case Known _, Anonymous _ -> null;
            case InvalidToken(var reason) ->
                new ProblemException(UNAUTHORIZED, "The access token is not valid: " + reason + ".");
            case Unverifiable _ ->
                new ProblemException(SERVICE_UNAVAILABLE, "Access tokens cannot be checked at the moment.");
        };
    }

    String ATTRIBUTE = Caller.class.getName();

    default void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** Key of counts for each client: the customer of a genuine token, else the address. */
    static String keyOf(ServerWebExchange exchange) {
        return of(exchange) instanceof Known known
                ? known.subject()
                : Client.of(exchange).network();
    }

    static Caller of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, new Anonymous());
    }
}

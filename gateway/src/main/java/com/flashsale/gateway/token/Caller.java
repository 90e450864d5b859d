package com.flashsale.gateway.token;

import static com.flashsale.platform.problem.ProblemTypes.SERVICE_UNAVAILABLE;
import static com.flashsale.platform.problem.ProblemTypes.UNAUTHORIZED;

import com.flashsale.gateway.edge.Client;
import com.flashsale.platform.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/** Who a request says to come from. */
public sealed interface Caller {

    /** No access token was shown. */
    record Anonymous() implements Caller {}

    /**
     * A genuine token was shown.
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

        /** The load test that a request of this caller belongs to, as the services see it: what it says, if it may say so, else what it is of. */
        public @Nullable String loadTestOf(@Nullable String said) {
            return runsLoadTests && said != null ? said : loadTest;
        }
    }

    /** A token was shown that counts for nothing. */
    record Impostor(String reason) implements Caller {}

    /** A token was shown and nobody can tell: no key has been fetched since this process began. */
    record Unverifiable() implements Caller {}

    String INVALID_TOKEN = "Bearer error=\"invalid_token\"";

    /** Why nobody may call with such a token: whoever shows one believes to be signed in. */
    default @Nullable ProblemException fault() {
        return switch (this) {
            case Known _, Anonymous _ -> null;
            case Impostor(var reason) ->
                new ProblemException(UNAUTHORIZED, "The access token is not valid: " + reason + ".");
            case Unverifiable _ ->
                new ProblemException(SERVICE_UNAVAILABLE, "Access tokens cannot be checked at the moment.");
        };
    }

    String ATTRIBUTE = Caller.class.getName();

    default void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /** What a count for each client goes by: the customer of a genuine token, else the address. */
    static String keyOf(ServerWebExchange exchange) {
        return of(exchange) instanceof Known known
                ? known.subject()
                : Client.of(exchange).network();
    }

    static Caller of(ServerWebExchange exchange) {
        return exchange.getAttributeOrDefault(ATTRIBUTE, new Anonymous());
    }
}

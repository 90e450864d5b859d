package com.flashsale.local.proof;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.client.platform.PlatformState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls routes until they respond without a server error. The first request of a JVM loads classes, opens pools and
 * fetches keys, and the gateway may not have heard of a service yet. A request after READY finds that done.
 */
final class WarmUp {

    private static final Duration BETWEEN = Duration.ofMillis(200);
    private static final int GOOD_ANSWERS_IN_A_ROW = 3;
    private static final int SERVER_ERROR = 500;
    private static final int TOO_MANY = 429;

    private static final List<String> OPEN =
            List.of("/api/v1/sales", "/api/v1/products", "/oauth2/jwks", "/.well-known/openid-configuration", "/login");
    private static final List<String> OF_A_CUSTOMER = List.of("/api/v1/orders", "/api/v1/waitlist-entries");

    /** One read of each service that needs no more than a customer's token; every replica gets it directly. */
    private static final Map<String, String> OF_A_REPLICA = Map.of(
            "auth-service", "/oauth2/jwks",
            "catalog-service", "/api/v1/sales",
            "order-service", "/api/v1/orders",
            "waitlist-service", "/api/v1/waitlist-entries",
            "inventory-service", "/internal/v1/sales/00000000-0000-7000-8000-000000000000/stock",
            "gateway", "/api/v1/sales");

    private final Api gateway;
    private final PlatformState state;
    private final long deadline;

    WarmUp(Api gateway, PlatformState state, Duration patience) {
        this.gateway = gateway;
        this.state = state;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    void openRoutes() {
        OPEN.forEach(path -> untilGood(gateway, Call.get(path)));
    }

    void customerRoutes(String token) {
        OF_A_CUSTOMER.forEach(path -> untilGood(gateway, Call.get(path).as(token)));
        for (var replica : state.services()) {
            @Nullable String path = OF_A_REPLICA.get(replica.name());
            if (path != null) {
                try (var direct = new Api(replica.url())) {
                    untilGood(direct, Call.get(path).as(token));
                }
            }
        }
    }

    private void untilGood(Api api, Call call) {
        int good = 0;
        var last = "nothing";
        try {
            while (good < GOOD_ANSWERS_IN_A_ROW) {
                try {
                    var answer = api.once(call);
                    good = isGood(answer) ? good + 1 : 0;
                    last = answer.toString();
                } catch (IOException e) {
                    good = 0;
                    last = e.toString();
                }
                if (good == 0) {
                    if (System.nanoTime() > deadline) {
                        throw new UnexpectedAnswer(call + " at " + api.base() + " was last answered with " + last);
                    }
                    Thread.sleep(BETWEEN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnexpectedAnswer("interrupted while warming " + call, e);
        }
    }

    /**
     * A refusal shows a warm service as well as a success does: the purchase checks that the right requests are
     * allowed.
     */
    private static boolean isGood(Answer answer) {
        return answer.status() < SERVER_ERROR && answer.status() != TOO_MANY;
    }
}

package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.customers.Counters.Count;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends all requests of a crowd: a limited number at a time, first come, first served. Joins have their own limit, so
 * that admitted customers pay while others still push. A request that is told to wait pauses a little longer than told,
 * and is sent again.
 */
final class ThrottledClient {

    private static final int MOST_TRIES = 60;
    private static final Duration WAIT_UNLESS_TOLD = Duration.ofMillis(400);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** Hears the result of each single attempt; null means no response at all. */
    interface Attempts {
        void ended(@Nullable Answer answer);
    }

    private final Api api;
    private final Counters counters;
    private final AimdLimiter joins;
    private final AimdLimiter calls;

    ThrottledClient(Api api, Counters counters, int joinsAtOnce, int callsAtOnce) {
        this.api = api;
        this.counters = counters;
        this.joins = new AimdLimiter(joinsAtOnce);
        this.calls = new AimdLimiter(callsAtOnce);
    }

    Answer join(Call call) throws InterruptedException {
        var answer = send(call, joins, _ -> {});
        counters.add(Count.JOINS);
        return answer;
    }

    Answer send(Call call) throws InterruptedException {
        return send(call, calls, _ -> {});
    }

    Answer send(Call call, Attempts attempts) throws InterruptedException {
        return send(call, calls, attempts);
    }

    private Answer send(Call call, AimdLimiter limiter, Attempts attempts) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            var answer = once(call, limiter);
            attempts.ended(answer);
            if (answer != null && answer.status() != TOO_MANY && answer.status() < SERVER_ERROR) {
                limiter.wentWell();
                return answer;
            }
            limiter.wasTooMuch();
            if (tries == MOST_TRIES) {
                throw new UnexpectedAnswer(
                        "%s was tried %d times, the last answer was %s".formatted(call, tries, answer));
            }
            counters.askedToWait(answer == null ? "connection lost" : answer.status() + " " + answer.problem());
            var told = answer == null ? WAIT_UNLESS_TOLD : answer.retryAfter().orElse(WAIT_UNLESS_TOLD);
            Thread.sleep(spread(told));
        }
    }

    private @Nullable Answer once(Call call, AimdLimiter limiter) throws InterruptedException {
        limiter.acquire();
        try {
            return api.once(call);
        } catch (IOException noAnswer) {
            return null;
        } finally {
            limiter.release();
        }
    }

    /** Up to half as long again, so that requests that were refused together do not come back together. */
    static Duration spread(Duration told) {
        return told.plusMillis(ThreadLocalRandom.current().nextLong(told.toMillis() / 2 + 1));
    }
}

package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Api;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.UnexpectedAnswer;
import com.flashsale.customers.Tally.Count;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Sends all requests of a crowd: a limited number at a time, first come, first served. Joins have their own lane, so
 * that admitted customers pay while others still push. A request that is told to wait pauses a little longer than told,
 * and is sent again.
 */
final class Wire {

    private static final int MOST_TRIES = 60;
    private static final Duration WAIT_UNLESS_TOLD = Duration.ofMillis(400);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** Hears the result of each single attempt; null means no response at all. */
    interface Attempts {
        void ended(@Nullable Answer answer);
    }

    private final Api api;
    private final Tally tally;
    private final Lane joins;
    private final Lane calls;

    Wire(Api api, Tally tally, int joinsAtOnce, int callsAtOnce) {
        this.api = api;
        this.tally = tally;
        this.joins = new Lane(joinsAtOnce);
        this.calls = new Lane(callsAtOnce);
    }

    Answer join(Call call) throws InterruptedException {
        var answer = send(call, joins, _ -> {});
        tally.add(Count.JOINS);
        return answer;
    }

    Answer send(Call call) throws InterruptedException {
        return send(call, calls, _ -> {});
    }

    Answer send(Call call, Attempts attempts) throws InterruptedException {
        return send(call, calls, attempts);
    }

    private Answer send(Call call, Lane lane, Attempts attempts) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            var answer = once(call, lane);
            attempts.ended(answer);
            if (answer != null && answer.status() != TOO_MANY && answer.status() < SERVER_ERROR) {
                lane.wentWell();
                return answer;
            }
            lane.wasTooMuch();
            if (tries == MOST_TRIES) {
                throw new UnexpectedAnswer(
                        "%s was tried %d times, the last answer was %s".formatted(call, tries, answer));
            }
            tally.askedToWait(answer == null ? "connection lost" : answer.status() + " " + answer.problem());
            var told = answer == null ? WAIT_UNLESS_TOLD : answer.retryAfter().orElse(WAIT_UNLESS_TOLD);
            Thread.sleep(spread(told));
        }
    }

    private @Nullable Answer once(Call call, Lane lane) throws InterruptedException {
        lane.acquire();
        try {
            return api.once(call);
        } catch (IOException noAnswer) {
            return null;
        } finally {
            lane.release();
        }
    }

    /** Up to half as long again, so that requests that were refused together do not come back together. */
    static Duration spread(Duration told) {
        return told.plusMillis(ThreadLocalRandom.current().nextLong(told.toMillis() / 2 + 1));
    }
}

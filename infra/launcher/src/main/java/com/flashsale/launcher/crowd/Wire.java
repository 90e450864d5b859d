package com.flashsale.launcher.crowd;

import com.flashsale.launcher.client.Answer;
import com.flashsale.launcher.client.Api;
import com.flashsale.launcher.client.Call;
import com.flashsale.launcher.client.UnexpectedAnswer;
import com.flashsale.launcher.crowd.Tally.Count;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The way of all requests of a crowd: so many under way and no more, first come, first served. Joining has its own lane, so that those
 * who are through pay while others still push. What was asked to wait waits, a little longer than told, and is sent again.
 */
final class Wire {

    private static final int MOST_TRIES = 60;
    private static final Duration WAIT_UNLESS_TOLD = Duration.ofMillis(400);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** Hears how each single attempt went; null is no answer at all. */
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

    /** Up to half as long again, so that those who were sent away together do not come back together. */
    static Duration spread(Duration told) {
        return told.plusMillis(ThreadLocalRandom.current().nextLong(told.toMillis() / 2 + 1));
    }
}

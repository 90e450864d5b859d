package com.flashsale.customers;

import com.flashsale.client.api.Answer;
import com.flashsale.client.api.Call;
import com.flashsale.client.api.UnexpectedAnswer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** Polls the public state of the queue once for all customers, at the interval that the response asks for. */
public final class QueuePoller implements AutoCloseable {

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);

    /** @param pollAfter how soon it is worth looking again */
    public record View(String state, long serving, long issued, Duration pollAfter) {

        static final View NOTHING_YET = new View("UNKNOWN", 0, 0, SHORTEST_PAUSE);

        static View of(Answer answer) {
            return new View(
                    answer.text("state"),
                    answer.body().path("servingNumber").asLong(0),
                    answer.body().path("issued").asLong(0),
                    Duration.ofMillis(answer.body().path("pollAfterMs").asLong(1_000)));
        }

        boolean isOpen() {
            return !state.equals("UNKNOWN") && !state.equals("SCHEDULED");
        }

        /** No further number is served. */
        boolean isClosed() {
            return state.equals("SOLD_OUT") || state.equals("ENDED");
        }

        long waiting() {
            return Math.max(0, issued - serving);
        }
    }

    private final ThrottledClient client;
    private final Call look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Thread reader;
    private View view = View.NOTHING_YET;

    QueuePoller(ThrottledClient client, String saleId) {
        this.client = client;
        this.look = Call.get("/api/v1/sales/" + saleId + "/queue");
        this.reader = Thread.ofVirtual().start(this::read);
    }

    public View view() {
        lock.lock();
        try {
            return view;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the view as soon as it is the wanted one, or at the deadline. */
    View await(Predicate<View> wanted, long deadline) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!wanted.test(view)) {
                long left = deadline - System.nanoTime();
                if (left <= 0) break;
                news.await(left, TimeUnit.NANOSECONDS);
            }
            return view;
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(ThrottledClient.spread(look()));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration look() throws InterruptedException {
        try {
            var answer = client.send(look);
            return answer.isSuccess() ? post(View.of(answer)) : SHORTEST_PAUSE;
        } catch (UnexpectedAnswer unreachable) {
            // the customers who wait for it lose their patience and say so
            return SHORTEST_PAUSE;
        }
    }

    private Duration post(View seen) {
        lock.lock();
        try {
            view = seen;
            news.signalAll();
        } finally {
            lock.unlock();
        }
        return seen.pollAfter().compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : seen.pollAfter();
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}

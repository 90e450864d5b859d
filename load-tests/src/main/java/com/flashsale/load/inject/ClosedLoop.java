package com.flashsale.load.inject;

import com.flashsale.load.http.LeanClient;
import com.flashsale.load.http.Request;
import com.flashsale.load.http.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/**
 * Does a number of things as fast as they are answered, a few at once: how a workload is prepared, never how it is
 * measured.
 */
public final class ClosedLoop {

    /** Reads an answer; false when the same thing must be asked again. */
    @FunctionalInterface
    public interface Reader {
        boolean isDone(int number, Response response);
    }

    private static final long AGAIN_MILLIS = 250;
    private static final int MOST_TRIES = 120;

    private final LeanClient client;
    private final IntFunction<Request> requests;
    private final Reader reader;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final int count;
    private int next;
    private int finished;

    private ClosedLoop(LeanClient client, int count, IntFunction<Request> requests, Reader reader) {
        this.client = client;
        this.count = count;
        this.requests = requests;
        this.reader = reader;
    }

    public static void run(LeanClient client, int count, IntFunction<Request> requests, Reader reader)
            throws InterruptedException {
        if (count == 0) return;
        var work = new ClosedLoop(client, count, requests, reader);
        client.loop().execute(() -> work.begin(Math.min(count, 64)));
        try {
            work.done.get(Duration.ofMinutes(20).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("preparing failed: " + failed.getCause(), failed);
        } catch (TimeoutException tooSlow) {
            throw new IllegalStateException("preparing took longer than 20 minutes", tooSlow);
        }
    }

    private void begin(int atOnce) {
        for (int i = 0; i < atOnce; i++) following();
    }

    private void following() {
        if (next < count) {
            int number = next++;
            ask(number, requests.apply(number), 1);
        }
    }

    private void ask(int number, Request request, int attempt) {
        client.send(request, System.nanoTime(), response -> answered(number, request, attempt, response));
    }

    private void answered(int number, Request request, int attempt, Response response) {
        try {
            if (reader.isDone(number, response)) {
                if (++finished == count) done.complete(null);
                following();
            } else if (attempt == MOST_TRIES) {
                done.completeExceptionally(new IllegalStateException("still answered with " + response.kind()
                        + " after " + MOST_TRIES + " tries: " + response.text()));
            } else {
                // under the same key what may have been done: an order without an answer uses up its admission
                var again = response.isSuccess() ? requests.apply(number) : request;
                var _ = client.loop()
                        .schedule(() -> ask(number, again, attempt + 1), AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (RuntimeException failed) {
            done.completeExceptionally(failed);
        }
    }
}

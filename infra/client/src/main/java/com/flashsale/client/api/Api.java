package com.flashsale.client.api;

import com.flashsale.client.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The public API over HTTP, as a patient client uses it: it waits as long as it is told to, and no longer than its own
 * patience.
 */
public final class Api implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration WAIT_UNLESS_TOLD = Duration.ofMillis(500);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final String base;
    private final Duration patience;
    private final HttpClient http;

    public Api(String base) {
        this(base, ANSWER);
    }

    /** @param patience for one answer */
    public Api(String base, Duration patience) {
        this.base = base;
        this.patience = patience;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    public String base() {
        return base;
    }

    HttpClient http() {
        return http;
    }

    /** Sends once; a lost connection is an exception. */
    public Answer once(Call call) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(base + call.path())).timeout(patience);
        if (call.token() != null) {
            request.header("Authorization", "Bearer " + call.token());
        }
        if (call.idempotencyKey() != null) {
            request.header("Idempotency-Key", call.idempotencyKey());
        }
        if (call.loadTest() != null) {
            request.header("X-Load-Test", call.loadTest());
        }
        if (call.body() != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(
                call.method(),
                call.body() == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(call.body()));
        return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    }

    /** Sends until it is answered: too many, overloaded and lost connections are tried again within the patience. */
    public Answer patiently(Call call, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            while (true) {
                Duration wait;
                try {
                    var answer = once(call);
                    boolean worthAnotherTry = answer.status() == TOO_MANY || answer.status() >= SERVER_ERROR;
                    if (!worthAnotherTry || System.nanoTime() > deadline) {
                        return answer;
                    }
                    wait = answer.retryAfter().orElse(WAIT_UNLESS_TOLD);
                } catch (IOException e) {
                    if (System.nanoTime() > deadline) {
                        throw new UnexpectedAnswer(call + " got no answer: " + e, e);
                    }
                    wait = WAIT_UNLESS_TOLD;
                }
                Thread.sleep(wait);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnexpectedAnswer(call + " was interrupted", e);
        }
    }

    static Answer answer(HttpResponse<String> response) {
        var wait = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,4}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
        return new Answer(
                response.statusCode(), json(response.body()), Optional.of(wait).flatMap(it -> it));
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? MissingNode.getInstance() : Json.tree(text);
        } catch (JacksonException noJson) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

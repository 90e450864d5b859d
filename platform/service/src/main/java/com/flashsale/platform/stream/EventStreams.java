package com.flashsale.platform.stream;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/**
 * The open streams of one kind. Each has a bounded cost, so the heap sets the limit of their number; one client gets
 * only some of them.
 *
 * <p>A stream is a response without an end: its head goes out, then the socket leaves the request by Tomcat's way for
 * connections that change their protocol. Request, response and their buffers (100 KB) serve other requests from then
 * on.
 */
public final class EventStreams {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final int RECONNECT_MS = 1_500;
    private static final int RECONNECT_SPREAD_MS = 4_000;

    private final int most;
    private final int mostPerClient;
    private final Duration longest;
    private final AtomicInteger open = new AtomicInteger();
    private final Map<Object, Integer> perClient = new ConcurrentHashMap<>();
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * @param most streams in all; the next one is refused with 503
     * @param mostPerClient streams of one client; the next one is refused with 429
     * @param longest the lifetime of a stream; some end sooner, so that readers that came together do not come back
     *     together
     */
    public EventStreams(int most, int mostPerClient, Duration longest) {
        this.most = most;
        this.mostPerClient = mostPerClient;
        this.longest = longest;
    }

    /** @see #open(Object, HttpServletRequest, HttpServletResponse, Consumer) */
    public EventStream open(Object client, HttpServletRequest request, HttpServletResponse response, Runnable onEnd)
            throws IOException, ServletException {
        return open(client, request, response, _ -> onEnd.run());
    }

    /**
     * Answers the request with a stream.
     *
     * @param client the identity whose streams are counted: a customer, or an address
     * @param onEnd is called once, no matter which side ends the stream
     */
    public EventStream open(
            Object client, HttpServletRequest request, HttpServletResponse response, Consumer<EventStream> onEnd)
            throws IOException, ServletException {
        if (!HttpMethod.GET.matches(request.getMethod())) {
            throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of("GET"));
        }
        takePlace(client);
        var stream = new EventStream(
                firstBytes(), System.nanoTime() + spread(longest).toNanos(), ended -> {
                    streams.remove(ended);
                    leavePlace(client);
                    onEnd.accept(ended);
                });
        try {
            streams.add(stream);
            handOver(request, response, stream);
        } catch (IOException | ServletException | RuntimeException failure) {
            stream.hasEnded();
            throw failure;
        }
        return stream;
    }

    private static void handOver(HttpServletRequest request, HttpServletResponse response, EventStream stream)
            throws IOException, ServletException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // the stream ends with its connection, which serves no further request
        response.setHeader(HttpHeaders.CONNECTION, "close");
        request.upgrade(StreamConnection.class).carries(stream);
        response.setStatus(HttpServletResponse.SC_OK);
        response.flushBuffer();
    }

    private void takePlace(Object client) {
        if (stopped || open.incrementAndGet() > most) {
            if (!stopped) open.decrementAndGet();
            throw new ProblemException(
                            ProblemTypes.OVERLOADED, "The limit of open streams is reached: poll every few seconds.")
                    .retryAfter(SOON);
        }
        if (perClient.merge(client, 1, Integer::sum) > mostPerClient) {
            leavePlace(client);
            throw new ProblemException(ProblemTypes.TOO_MANY_REQUESTS, "Close one of your streams first.")
                    .retryAfter(SOON);
        }
    }

    private void leavePlace(Object client) {
        perClient.computeIfPresent(client, (_, count) -> count == 1 ? null : count - 1);
        open.decrementAndGet();
    }

    private static byte[] firstBytes() {
        var wait = RECONNECT_MS + ThreadLocalRandom.current().nextInt(RECONNECT_SPREAD_MS);
        return ("retry: " + wait + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** A random duration between three quarters of the whole and the whole. */
    private static Duration spread(Duration whole) {
        return whole.minusNanos(ThreadLocalRandom.current().nextLong(whole.toNanos() / 4 + 1));
    }

    public int count() {
        return open.get();
    }

    /** Ends the streams that have lasted long enough; the caller repeats it every few seconds. */
    public void endOld() {
        var now = System.nanoTime();
        for (var stream : streams) {
            if (stream.neverBegan(now)) stream.hasEnded();
            else if (stream.isOver(now)) stream.end();
        }
    }

    /** Lets streams begin, also after a {@link #stop()}: a context may be paused and go on. */
    public void start() {
        stopped = false;
    }

    /** Ends all streams and lets no new one begin: their readers go to another replica. */
    public void stop() {
        stopped = true;
        streams.forEach(EventStream::end);
    }
}

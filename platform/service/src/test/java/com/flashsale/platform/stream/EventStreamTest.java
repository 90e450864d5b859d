package com.flashsale.platform.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.flashsale.platform.problem.ProblemException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/** Streams as they look to a reader, and what they cost, on a real Tomcat. */
class EventStreamTest {

    private static final int MANY = 1_000;
    private static final long MOST_BYTES = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventStreams streams = new EventStreams(MANY, MANY, Duration.ofMinutes(10));
    private final BlockingQueue<EventStream> opened = new LinkedBlockingQueue<>();
    private final AtomicInteger ends = new AtomicInteger();
    private Tomcat tomcat;

    @BeforeEach
    void start() throws Exception {
        tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setPort(0);
        StreamAutoConfiguration.keepLittle(tomcat.getConnector());
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "events", new Events());
        context.addServletMappingDecoded("/events", "events");
        tomcat.start();
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private final class Events extends HttpServlet {
        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            try {
                var client = String.valueOf(request.getHeader("Client"));
                opened.add(streams.open(client, request, response, ended -> ends.incrementAndGet()));
            } catch (ProblemException refused) {
                response.sendError(refused.type().status());
            } catch (HttpRequestMethodNotSupportedException refused) {
                response.sendError(refused.getStatusCode().value());
            }
        }
    }

    private SocketChannel connect(String method) throws IOException {
        var channel = SocketChannel.open(
                new InetSocketAddress("127.0.0.1", tomcat.getConnector().getLocalPort()));
        channel.write(
                ByteBuffer.wrap((method + " /events HTTP/1.1\r\nHost: here\r\nClient: me\r\n\r\n").getBytes(UTF_8)));
        return channel;
    }

    private EventStream next() throws InterruptedException {
        var stream = opened.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertThat(stream).as("a stream").isNotNull();
        return stream;
    }

    /** Reads until the text has come; the test's own time-out is the socket's. */
    private static String readUntil(SocketChannel channel, String end) throws IOException {
        Socket socket = channel.socket();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        var in = socket.getInputStream();
        var read = new StringBuilder();
        var bytes = new byte[64 * 1024];
        while (read.indexOf(end) < 0) {
            var count = in.read(bytes);
            if (count < 0) return read + "<end>";
            read.append(new String(bytes, 0, count, UTF_8));
        }
        return read.toString();
    }

    @Test
    void a_reader_gets_the_head_at_once_and_then_each_event() throws Exception {
        try (var reader = connect("GET")) {
            var stream = next();
            assertThat(readUntil(reader, "retry: "))
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("content-type: text/event-stream")
                    .containsIgnoringCase("connection: close")
                    .doesNotContainIgnoringCase("transfer-encoding");
            stream.show(EventStream.event("queue", "7", "{\"a\":1}\n{\"b\":2}"));
            assertThat(readUntil(reader, "2}\n\n"))
                    .contains("event: queue\nid: 7\ndata: {\"a\":1}\ndata: {\"b\":2}\n\n");
            stream.beat();
            assertThat(readUntil(reader, "\n\n")).contains(": alive");
        }
    }

    @Test
    void the_last_event_comes_before_the_end() throws Exception {
        try (var reader = connect("GET")) {
            var stream = next();
            stream.show(EventStream.event(null, null, "last"));
            stream.end();
            assertThat(readUntil(reader, "<end>")).endsWith("data: last\n\n<end>");
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(streams.count()).isZero());
        assertThat(ends).hasValue(1);
    }

    @Test
    void a_slow_reader_misses_what_was_in_between_and_never_the_last() throws Exception {
        try (var reader = connect("GET")) {
            var stream = next();
            var large = "x".repeat(512 * 1024);
            for (int i = 0; i < 200; i++) stream.show(EventStream.event(null, Integer.toString(i), large));
            stream.show(EventStream.event(null, "end", "the last"));
            assertThat(readUntil(reader, "the last\n\n").length()).isLessThan(100 * large.length());
        }
    }

    @Test
    void a_reader_who_goes_leaves_his_place() throws Exception {
        try (var reader = connect("GET")) {
            next();
            assertThat(streams.count()).isEqualTo(1);
            assertThat(reader.isConnected()).isTrue();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(streams.count()).isZero());
        assertThat(ends).hasValue(1);
    }

    @Test
    void head_is_refused() throws Exception {
        try (var prober = connect("HEAD")) {
            assertThat(readUntil(prober, "\r\n\r\n")).startsWith("HTTP/1.1 405");
        }
        assertThat(streams.count()).isZero();
    }

    @Test
    void as_many_as_promised_are_held_at_16_kib_each_and_the_next_one_is_refused() throws Exception {
        List<SocketChannel> readers = new ArrayList<>();
        try {
            readers.add(connect("GET"));
            next();
            var before = usedHeap();
            for (int i = 1; i < MANY; i++) {
                readers.add(connect("GET"));
                next();
            }
            for (var reader : readers) readUntil(reader, "retry: ");
            var each = (usedHeap() - before) / MANY;
            assertThat(each).as("bytes of a stream, both ends").isLessThan(MOST_BYTES);
            readers.add(connect("GET"));
            assertThat(readUntil(readers.getLast(), "\r\n\r\n")).startsWith("HTTP/1.1 503");
        } finally {
            for (var reader : readers) reader.close();
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(streams.count()).isZero());
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}

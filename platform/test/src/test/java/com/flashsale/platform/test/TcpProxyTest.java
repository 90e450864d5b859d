package com.flashsale.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    /** Short for what must not come; what must come is waited for with LONG_MILLIS. */
    static final int SHORT_MILLIS = 200;

    static final int LONG_MILLIS = 20_000;

    final AtomicInteger received = new AtomicInteger();
    final Set<Socket> sessions = ConcurrentHashMap.newKeySet();
    ServerSocket server;
    TcpProxy proxy;
    Socket client;

    @BeforeEach
    void an_echo_server_behind_a_proxy() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
        proxy = TcpProxy.to(server.getLocalPort());
        client = connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
        server.close();
    }

    @Test
    void it_forwards_both_ways_and_ends_one_end_with_the_other() throws IOException {
        assertThat(echo(1, LONG_MILLIS)).isEqualTo(1);
        client.close();
        await().until(() -> sessions.isEmpty() && proxy.connections() == 0);
    }

    @Test
    void a_black_hole_keeps_bytes_until_it_is_lifted() throws IOException {
        assertThat(echo(1, LONG_MILLIS)).isEqualTo(1);
        proxy.blackHole();
        assertThatThrownBy(() -> echo(2, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        assertThat(received).hasValue(1);
        proxy.forward();
        assertThat(read(LONG_MILLIS)).isEqualTo(2);
    }

    @Test
    void with_responses_lost_the_server_still_does_what_it_is_asked() throws IOException {
        proxy.blackHoleResponses();
        assertThatThrownBy(() -> echo(1, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        await().untilAtomic(received, org.hamcrest.Matchers.equalTo(1));
        proxy.forward();
        proxy.blackHoleRequests();
        assertThat(read(LONG_MILLIS)).as("the response that was held").isEqualTo(1);
        assertThatThrownBy(() -> echo(2, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        assertThat(received).hasValue(1);
    }

    @Test
    void a_delay_is_added_each_way() throws IOException {
        proxy.delay(Duration.ofMillis(50));
        var begin = System.nanoTime();
        assertThat(echo(1, LONG_MILLIS)).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void a_reset_ends_both_ends_and_new_connections_pass() throws IOException {
        assertThat(echo(1, LONG_MILLIS)).isEqualTo(1);
        proxy.reset();
        assertThatThrownBy(() -> echo(2, LONG_MILLIS)).isInstanceOf(IOException.class);
        await().until(sessions::isEmpty);
        client = connect();
        assertThat(echo(3, LONG_MILLIS)).isEqualTo(3);
    }

    @Test
    void a_server_whose_client_is_lost_keeps_its_session() throws IOException {
        assertThat(echo(1, LONG_MILLIS)).isEqualTo(1);
        proxy.abandonServer();
        assertThatThrownBy(() -> echo(2, LONG_MILLIS)).isInstanceOf(IOException.class);
        assertThat(sessions).hasSize(1).noneMatch(Socket::isClosed);
        assertThat(proxy.connections()).isEqualTo(1);
        sessions.iterator().next().close();
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void a_client_whose_server_is_lost_waits() throws IOException {
        assertThat(echo(1, LONG_MILLIS)).isEqualTo(1);
        proxy.abandonClient();
        await().until(sessions::isEmpty);
        assertThatThrownBy(() -> echo(2, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void a_refused_port_takes_connections_again_when_it_forwards() throws IOException {
        proxy.refuse();
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
        proxy.forward();
        client = connect();
        assertThat(echo(4, LONG_MILLIS)).isEqualTo(4);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    }

    private int echo(int value, int millis) throws IOException {
        client.getOutputStream().write(value);
        return read(millis);
    }

    private int read(int millis) throws IOException {
        client.setSoTimeout(millis);
        var answer = client.getInputStream().read();
        if (answer < 0) throw new IOException("the connection has ended");
        return answer;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var session = server.accept();
                sessions.add(session);
                Thread.ofVirtual().start(() -> serve(session));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket session) {
        try (session) {
            for (int value = session.getInputStream().read();
                    value >= 0;
                    value = session.getInputStream().read()) {
                received.incrementAndGet();
                session.getOutputStream().write(value);
            }
        } catch (IOException broken) {
            // the test sees that the session has ended
        } finally {
            sessions.remove(session);
        }
    }
}

package com.flashsale.platform.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy with the faults of a network: latency, lost packets one way or both, resets, connections that one end has
 * lost, a port where no process listens. It forwards until told otherwise and ends all connections when it is closed. A
 * fault applies to the connections that are open and to later ones, until {@link #forward()}.
 */
public final class TcpProxy implements AutoCloseable {

    /** Connections at one time; a further one is reset. */
    private static final int CONNECTIONS = 256;

    private static final int BACKLOG = 64;

    /** Longer than a connection to the target may take to be opened. */
    private static final Duration STOP = Duration.ofSeconds(10);

    private final InetSocketAddress target;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private final ProxyFaults faults = new ProxyFaults();
    private final int port;
    private volatile ServerSocket listener;
    private volatile Thread acceptor;

    private TcpProxy(InetSocketAddress target) {
        this.target = target;
        this.listener = listen(0);
        this.port = listener.getLocalPort();
        this.acceptor = accepting(listener);
    }

    /** A proxy before a local port. */
    public static TcpProxy to(int port) {
        return to("127.0.0.1", port);
    }

    public static TcpProxy to(String host, int port) {
        return new TcpProxy(new InetSocketAddress(host, port));
    }

    /** A proxy before the server of a JDBC URL; {@link #url(String)} gives the URL that leads through it. */
    public static TcpProxy toServerOf(String jdbcUrl) {
        var address = URI.create(jdbcUrl.substring("jdbc:".length()));
        return to(address.getHost(), address.getPort());
    }

    public int port() {
        return port;
    }

    /** The same JDBC URL, through this proxy. */
    public String url(String jdbcUrl) {
        return jdbcUrl.replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
    }

    /** Ends every fault: bytes pass, also those of connections that were held; a refused port accepts again. */
    public void forward() {
        faults.clear();
        if (!listener.isClosed()) return;
        listener = listen(port);
        acceptor = accepting(listener);
    }

    /** Holds every chunk of bytes for this long, each way. */
    public void delay(Duration latency) {
        faults.delay(latency);
    }

    /** Lets no byte pass either way and ends no connection: each end waits for an answer. */
    public void blackHole() {
        faults.hold(true, true);
    }

    /** Requests get lost, responses pass. */
    public void blackHoleRequests() {
        faults.hold(true, false);
    }

    /** Requests pass, responses get lost: the server executes requests whose responses never arrive. */
    public void blackHoleResponses() {
        faults.hold(false, true);
    }

    /** Ends the open connections by RST, both ends. */
    public void reset() {
        open.forEach(ProxiedConnection::reset);
    }

    /**
     * Ends the open connections at the client's end only: the server keeps sessions whose client is gone. New
     * connections pass.
     */
    public void abandonServer() {
        open.forEach(ProxiedConnection::abandonServer);
    }

    /**
     * Ends the open connections at the server's end only: the client keeps connections that lead nowhere. New
     * connections pass.
     */
    public void abandonClient() {
        open.forEach(ProxiedConnection::abandonClient);
    }

    /** Refuses new connections and resets the open ones, as a process that has ended. */
    public void refuse() {
        stopListening();
        reset();
    }

    /** Connections of which at least one end is open. */
    public int connections() {
        return open.size();
    }

    @Override
    public void close() {
        stopListening();
        faults.clear();
        open.forEach(ProxiedConnection::reset);
    }

    private static ServerSocket listen(int wanted) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), BACKLOG);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Thread accepting(ServerSocket socket) {
        return Thread.ofVirtual().name("tcp-proxy").start(() -> accept(socket));
    }

    /**
     * A socket in which a thread waits leaves the port only when that thread has left it, so close alone is not enough.
     */
    private void stopListening() {
        try {
            listener.close();
            if (!acceptor.join(STOP))
                throw new IllegalStateException("The proxy on port " + port + " still accepts after " + STOP);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                var client = socket.accept();
                if (open.size() >= CONNECTIONS) ProxiedConnection.reset(client);
                else connect(client);
            } catch (IOException closed) {
                // told to refuse, or closed: the loop's condition decides
            }
        }
    }

    private void connect(Socket client) {
        try {
            var connection = new ProxiedConnection(client, target, faults, open::remove);
            open.add(connection);
            connection.start();
        } catch (IOException unreachable) {
            ProxiedConnection.reset(client);
        }
    }
}

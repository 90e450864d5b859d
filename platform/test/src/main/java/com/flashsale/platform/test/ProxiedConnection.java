package com.flashsale.platform.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link TcpProxy}: two sockets and a thread for each direction. */
final class ProxiedConnection {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int CHUNK = 16 * 1024;

    private final Socket client;
    private final Socket server;
    private final ProxyFaults faults;
    private final Consumer<ProxiedConnection> whenOver;
    private final Thread requests;
    private final Thread responses;
    private volatile @Nullable Socket abandoned;

    ProxiedConnection(Socket client, InetSocketAddress target, ProxyFaults faults, Consumer<ProxiedConnection> whenOver)
            throws IOException {
        this.client = client;
        this.faults = faults;
        this.whenOver = whenOver;
        this.server = new Socket();
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        server.connect(target, CONNECT_MILLIS);
        this.requests = Thread.ofVirtual().unstarted(() -> copy(client, server, true));
        this.responses = Thread.ofVirtual().unstarted(() -> copy(server, client, false));
    }

    void start() {
        requests.start();
        responses.start();
    }

    private void copy(Socket from, Socket to, boolean request) {
        var chunk = new byte[CHUNK];
        try {
            for (int read = read(from, chunk); read >= 0; read = read(from, chunk)) {
                faults.await(request);
                write(to, chunk, read);
            }
            if (from.equals(abandoned)) return;
            // the end of a stream is a packet too: a black hole keeps it
            faults.await(request);
            end();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static int read(Socket from, byte[] chunk) {
        try {
            return from.getInputStream().read(chunk);
        } catch (IOException broken) {
            return -1;
        }
    }

    /** Bytes for an end that is lost are lost. */
    private void write(Socket to, byte[] chunk, int length) {
        try {
            to.getOutputStream().write(chunk, 0, length);
        } catch (IOException broken) {
            if (!to.equals(abandoned)) end();
        }
    }

    void abandonServer() {
        abandoned = client;
        reset(client);
    }

    void abandonClient() {
        abandoned = server;
        reset(server);
    }

    void reset() {
        reset(client);
        reset(server);
        over();
    }

    private void end() {
        close(client);
        close(server);
        over();
    }

    private void over() {
        requests.interrupt();
        responses.interrupt();
        whenOver.accept(this);
    }

    /** With a linger of zero, close sends RST instead of FIN. */
    static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) socket.setSoLinger(true, 0);
        } catch (IOException broken) {
            // broken already: it only has to be closed
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

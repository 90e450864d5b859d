package com.flashsale.platform.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the processor time of a service that runs in this JVM, for each of many requests. The time of the client
 * threads is taken off; compilation, collections and consumers count. It is no test and judges nothing.
 *
 * @param millis processor time of one request
 * @param perSecond requests a second
 */
public record RequestCost(int requests, double millis, double perSecond) {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS = 1e9;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /**
     * Sends the requests over kept connections, one after the other on each.
     *
     * @param requests without {@code Connection: close}
     * @param status that each response must have
     */
    public static RequestCost of(int port, List<RawRequest> requests, int connections, int status)
            throws InterruptedException {
        var left = new ConcurrentLinkedQueue<>(
                requests.stream().map(RawRequest::toBytes).toList());
        var clients = new AtomicLong();
        var failed = new ConcurrentLinkedQueue<Throwable>();
        long begun = System.nanoTime();
        long used = SYSTEM.getProcessCpuTime();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, why) -> failed.add(why))
                    .start(() -> {
                        send(port, left, status);
                        clients.addAndGet(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                    }));
        }
        for (var thread : threads) thread.join();
        if (!failed.isEmpty()) throw new IllegalStateException("not all requests were answered", failed.peek());
        double cpu = SYSTEM.getProcessCpuTime() - used - clients.get();
        return new RequestCost(
                requests.size(),
                cpu / NANOS_PER_MILLI / requests.size(),
                requests.size() * NANOS / (System.nanoTime() - begun));
    }

    private static void send(int port, Queue<byte[]> left, int status) {
        try (var socket = new Socket("localhost", port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            var in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
            for (var request = left.poll(); request != null; request = left.poll()) {
                socket.getOutputStream().write(request);
                read(in, status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(DataInputStream in, int status) throws IOException {
        var first = line(in);
        int length = 0;
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Content-Length: "))
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            if (line.equals("Transfer-Encoding: chunked")) length = -1;
        }
        var body = length < 0 ? chunks(in) : in.readNBytes(length);
        if (!first.startsWith("HTTP/1.1 " + status)) throw new IOException(first + ": " + new String(body, UTF_8));
    }

    private static byte[] chunks(DataInputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        int size;
        do {
            size = Integer.parseInt(line(in), 16);
            body.write(in.readNBytes(size));
            line(in);
        } while (size > 0);
        return body.toByteArray();
    }

    @SuppressWarnings("deprecation") // a line of a response's head is ASCII
    private static String line(DataInputStream in) throws IOException {
        var line = in.readLine();
        if (line == null) throw new IOException("the service has closed the connection");
        return line;
    }
}

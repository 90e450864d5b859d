package com.flashsale.control.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.platform.Addresses;
import com.flashsale.client.platform.Context;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Reads {@code INFO} over one connection that stays: as much of the protocol as that takes. */
public final class RedisReader implements AutoCloseable {

    /**
     * The state of Redis.
     *
     * @param roundTripMillis of the request that read these figures
     */
    public record Redis(
            long operationsPerSecond, long usedBytes, long clients, long evictedKeys, double roundTripMillis) {}

    private static final int PATIENCE_MS = 1_500;
    /** INFO is a few KiB. */
    private static final int LONGEST = 1 << 16;

    private static final double NANOS_PER_MILLI = 1e6;

    private final @Nullable String address;
    private final String password;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    /** @param address {@code host:port} or {@code user@host:port}; null where the platform's description names none */
    public RedisReader(@Nullable String address, String password) {
        this.address = address;
        this.password = password;
    }

    public static RedisReader of(Context context) {
        var address = context.addresses().redis();
        return new RedisReader(address, address == null ? "" : context.secrets().password("redis"));
    }

    public Redis read() throws IOException {
        try {
            if (socket == null) connect();
            long begin = System.nanoTime();
            var info = call("INFO");
            double took = (System.nanoTime() - begin) / NANOS_PER_MILLI;
            return new Redis(
                    number(info, "instantaneous_ops_per_sec"),
                    number(info, "used_memory"),
                    number(info, "connected_clients"),
                    number(info, "evicted_keys"),
                    took);
        } catch (IOException failed) {
            close();
            throw failed;
        }
    }

    private void connect() throws IOException {
        var at = address;
        if (at == null) throw new IOException("the description of the platform names no Redis");
        var fresh = new Socket();
        socket = fresh;
        fresh.connect(Addresses.socketOf(at), PATIENCE_MS);
        fresh.setSoTimeout(PATIENCE_MS);
        fresh.setTcpNoDelay(true);
        in = new BufferedInputStream(fresh.getInputStream());
        int user = at.indexOf('@');
        if (user < 0) call("AUTH", password);
        else call("AUTH", at.substring(0, user), password);
    }

    private String call(String... command) throws IOException {
        var text = new StringBuilder("*" + command.length + "\r\n");
        for (var part : command) {
            text.append('$').append(part.getBytes(UTF_8).length).append("\r\n");
            text.append(part).append("\r\n");
        }
        var connected = socket;
        var input = in;
        if (connected == null || input == null) throw new IOException("no connection");
        connected.getOutputStream().write(text.toString().getBytes(UTF_8));
        var line = line(input);
        if (line.startsWith("+")) return line.substring(1);
        if (!line.startsWith("$")) throw new IOException("Redis answered " + line);
        int length = Integer.parseInt(line.substring(1));
        if (length < 0 || length > LONGEST) throw new IOException("Redis answered " + length + " bytes");
        var bytes = input.readNBytes(length + 2);
        if (bytes.length < length + 2) throw new IOException("Redis closed the connection");
        return new String(bytes, 0, length, UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() > LONGEST) throw new IOException("Redis closed the connection");
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }

    /** Zero where this version does not tell it. */
    private static long number(String info, String name) {
        int at = info.indexOf("\n" + name + ":");
        if (at < 0) return 0;
        int begin = at + name.length() + 2;
        int end = begin;
        while (end < info.length() && Character.isDigit(info.charAt(end))) end++;
        return end == begin ? 0 : Long.parseLong(info.substring(begin, end));
    }

    @Override
    public void close() {
        var open = socket;
        socket = null;
        in = null;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException alreadyGone) {
            return;
        }
    }
}

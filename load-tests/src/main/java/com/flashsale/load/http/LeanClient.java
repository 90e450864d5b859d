package com.flashsale.load.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponseDecoder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Many requests over kept connections on one thread: about a tenth of the processor time of a general client, which
 * matters when the thing measured runs on the same cores. All but {@link #start} and {@link #close} is called on its
 * loop.
 */
public final class LeanClient implements AutoCloseable {

    /**
     * @param connections the most that are open at once; one request each
     * @param waiting requests that may wait for one; the next is not sent
     * @param patience until an answer must be complete, from when it was due
     */
    public record Settings(InetSocketAddress server, int connections, int waiting, Duration patience) {

        public static Settings of(InetSocketAddress server) {
            return new Settings(server, 1_500, 200_000, Duration.ofSeconds(10));
        }
    }

    private static final int CONNECT_MILLIS = 2_000;
    private static final long SWEEP_MILLIS = 100;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Settings settings;
    private final Bootstrap bootstrap;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private final Set<Connection> busy = new LinkedHashSet<>();
    private int open;

    private LeanClient(Settings settings) {
        this.settings = settings;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .remoteAddress(settings.server())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpResponseDecoder(), new Connection(LeanClient.this, channel));
                    }
                });
    }

    public static LeanClient start(Settings settings) {
        var client = new LeanClient(settings);
        var _ = client.loop.scheduleAtFixedRate(client::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
        return client;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Requests that have no answer yet. */
    public int unanswered() {
        return busy.size() + waiting.size();
    }

    /** @param due when it should have been sent, on the scale of {@link System#nanoTime} */
    public void send(Request request, long due, Listener listener) {
        var exchange = new Exchange(request, due + settings.patience().toNanos(), listener);
        var connection = idle.pollLast();
        if (connection != null) {
            begin(connection, exchange);
        } else if (waiting.size() >= settings.waiting()) {
            listener.answered(Response.none("injector full"));
        } else {
            waiting.addLast(exchange);
            if (open < settings.connections()) connect();
        }
    }

    private void connect() {
        open++;
        var _ = bootstrap.connect().addListener(connected -> {
            if (connected.isSuccess()) return;
            open--;
            var exchange = waiting.pollFirst();
            if (exchange != null) exchange.listener().answered(Response.none("connection refused"));
        });
    }

    private void begin(Connection connection, Exchange exchange) {
        busy.add(connection);
        connection.begin(exchange);
    }

    /** A connection that can take a request: new, or done with one. */
    void free(Connection connection) {
        busy.remove(connection);
        var next = waiting.pollFirst();
        if (next != null) begin(connection, next);
        else idle.addLast(connection);
    }

    void closed(Connection connection) {
        open--;
        idle.remove(connection);
        busy.remove(connection);
        if (!waiting.isEmpty() && open < settings.connections()) connect();
    }

    private void sweep() {
        long now = System.nanoTime();
        var late = new ArrayList<Connection>();
        for (var connection : busy) {
            if (connection.isOverdue(now)) late.add(connection);
        }
        late.forEach(Connection::giveUp);
        while (!waiting.isEmpty() && waiting.peekFirst().isOverdue(now)) {
            waiting.pollFirst().listener().answered(Response.none("timeout"));
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }

    /** Hears of one answer, once. */
    @FunctionalInterface
    public interface Listener {
        void answered(Response response);
    }

    record Exchange(Request request, long deadline, Listener listener) {
        boolean isOverdue(long now) {
            return now - deadline > 0;
        }
    }
}

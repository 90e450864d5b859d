package com.flashsale.gateway.forward;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ReflectiveChannelFactory;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The unused connections of each event loop. A request and its response stay on the loop of their client, so no thread
 * wakes another. The concurrency limit bounds the connections in use.
 */
@Component
class UpstreamConnections {

    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final long SWEEP_SECONDS = 5;

    private final ForwardSettings settings;
    private final FastThreadLocal<Pool> pools = new FastThreadLocal<>() {
        @Override
        protected Pool initialValue() {
            return new Pool();
        }
    };

    UpstreamConnections(ForwardSettings settings) {
        this.settings = settings;
    }

    private record Address(String host, int port) {}

    /**
     * Gives an open connection, at once if one is unused, or the reason why there is none.
     *
     * @param client the connection on whose event loop this is called
     */
    void take(
            ServiceInstance instance,
            Channel client,
            BiConsumer<@Nullable UpstreamConnection, @Nullable Throwable> then) {
        var pool = pools.get();
        var address = new Address(instance.getHost(), instance.getPort());
        var unused = pool.take(address);
        if (unused != null) then.accept(unused, null);
        else connect(pool, address, client, then);
    }

    /** Keeps an open connection for a later request, after its own has gone. */
    void keep(ServiceInstance instance, UpstreamConnection connection) {
        pools.get().keep(new Address(instance.getHost(), instance.getPort()), connection);
    }

    private void connect(
            Pool pool,
            Address address,
            Channel client,
            BiConsumer<@Nullable UpstreamConnection, @Nullable Throwable> then) {
        var literal = NetUtil.createInetAddressFromIpAddressString(address.host());
        if (literal != null) {
            connect(pool, address, new InetSocketAddress(literal, address.port()), client, then);
            return;
        }
        // a name server may take its time, so no event loop waits for it; the JVM remembers its answer
        var _ = Mono.fromCallable(() -> InetAddress.getByName(address.host()))
                .subscribeOn(Schedulers.boundedElastic())
                .publishOn(Schedulers.fromExecutor(client.eventLoop()))
                .subscribe(
                        found -> connect(pool, address, new InetSocketAddress(found, address.port()), client, then),
                        failure -> then.accept(null, failure));
    }

    private void connect(
            Pool pool,
            Address address,
            InetSocketAddress to,
            Channel client,
            BiConsumer<@Nullable UpstreamConnection, @Nullable Throwable> then) {
        var connection = new UpstreamConnection(free -> pool.keep(address, free));
        var _ = new Bootstrap()
                .group(client.eventLoop())
                .channelFactory(new ReflectiveChannelFactory<>(client.getClass()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .disableResolver()
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(codec(), connection);
                    }
                })
                .connect(to)
                .addListener(connected -> {
                    if (connected.isSuccess()) then.accept(connection, null);
                    else then.accept(null, connected.cause());
                });
    }

    private static HttpClientCodec codec() {
        return new HttpClientCodec(new HttpDecoderConfig().setMaxHeaderSize(MOST_HEADER_BYTES), false, false);
    }

    /** The unused connections of one event loop, the one used last in front. */
    private final class Pool {

        private final Map<Address, Deque<UpstreamConnection>> unused = new HashMap<>();
        private boolean sweeps;

        @Nullable
        UpstreamConnection take(Address address) {
            var kept = unused.get(address);
            if (kept == null) return null;
            for (var each = kept.pollFirst(); each != null; each = kept.pollFirst()) {
                if (isUsable(each)) return each;
                each.close();
            }
            return null;
        }

        void keep(Address address, UpstreamConnection connection) {
            var kept = unused.computeIfAbsent(address, _ -> new ArrayDeque<>());
            if (kept.size() >= settings.maxUnused() || !isUsable(connection)) {
                connection.close();
                return;
            }
            connection.read(true);
            kept.addFirst(connection);
            if (sweeps) return;
            sweeps = true;
            sweepLater(connection.eventLoop());
        }

        private void sweepLater(EventLoop loop) {
            var _ = loop.schedule(() -> sweep(loop), SWEEP_SECONDS, TimeUnit.SECONDS);
        }

        /** Closes connections that were not used for a time; runs only while some are kept. */
        private void sweep(EventLoop loop) {
            unused.values()
                    .forEach(kept -> kept.removeIf(connection -> {
                        if (isUsable(connection)) return false;
                        connection.close();
                        return true;
                    }));
            unused.values().removeIf(Deque::isEmpty);
            sweeps = !unused.isEmpty();
            if (sweeps) sweepLater(loop);
        }

        private boolean isUsable(UpstreamConnection connection) {
            var now = System.nanoTime();
            return connection.isOpen()
                    && now - connection.unusedSince() < settings.maxIdle().toNanos()
                    && now - connection.openedAt() < settings.maxLife().toNanos();
        }
    }
}

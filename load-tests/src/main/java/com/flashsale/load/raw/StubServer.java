package com.flashsale.load.raw;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The least that a service can be: answers at once, or after one transaction of the naive design on one of its
 * connections.
 */
final class StubServer implements AutoCloseable {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService workers = Executors.newFixedThreadPool(RawPostgres.CONNECTIONS);
    private final BlockingQueue<NaiveOrder> orders;
    private final Channel server;

    /** @param orders one for each connection; GET requests need none */
    StubServer(BlockingQueue<NaiveOrder> orders) throws InterruptedException {
        this.orders = orders;
        this.server = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST_BODY), new Handler());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private final class Handler extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (request.method().name().equals("GET")) answer(context, HttpResponseStatus.OK);
            else workers.execute(() -> answer(context, order()));
        }

        private HttpResponseStatus order() {
            try {
                var order = orders.take();
                try {
                    return order.place() ? HttpResponseStatus.CREATED : HttpResponseStatus.CONFLICT;
                } finally {
                    orders.put(order);
                }
            } catch (SQLException failed) {
                return HttpResponseStatus.INTERNAL_SERVER_ERROR;
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return HttpResponseStatus.SERVICE_UNAVAILABLE;
            }
        }

        private void answer(ChannelHandlerContext context, HttpResponseStatus status) {
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(EMPTY));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, EMPTY.length)
                    .set(HttpHeaderNames.CONTENT_TYPE, "application/json");
            var _ = context.writeAndFlush(response);
        }
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        workers.shutdownNow();
    }
}

package com.flashsale.load.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Event streams that are opened and held. They live on the client's loop and are counted by the name of their events.
 */
public final class Streams {

    /** Hears, of each stream, whether it was open until the end and how many events came. */
    @FunctionalInterface
    public interface Closing {
        void closed(boolean held, int events);
    }

    private static final String EVENT = "event:";
    private static final int SIGNIFICANT = 5;

    private final Bootstrap bootstrap;
    private final List<Stream> streams = new ArrayList<>();

    public Streams(LeanClient client, InetSocketAddress server) {
        bootstrap = new Bootstrap()
                .group(client.loop())
                .channel(NioSocketChannel.class)
                .remoteAddress(server);
    }

    public void open(Request request) {
        var stream = new Stream(request);
        streams.add(stream);
        var _ = bootstrap
                .clone()
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(stream);
                    }
                })
                .connect();
    }

    public void close(Closing closing) {
        streams.forEach(stream -> {
            closing.closed(stream.open && stream.events > 0, Math.min(stream.events, SIGNIFICANT));
            stream.end();
        });
    }

    private static final class Stream extends SimpleChannelInboundHandler<ByteBuf> {
        private final Request request;
        private ChannelHandlerContext context;
        private boolean open;
        private int events;

        @SuppressWarnings("NullAway.Init") // set when the connection stands, used only while it is open
        Stream(Request request) {
            this.request = request;
        }

        @Override
        public void channelActive(ChannelHandlerContext connected) {
            context = connected;
            open = true;
            var _ = connected.writeAndFlush(Unpooled.wrappedBuffer(request.bytes()));
        }

        @Override
        protected void channelRead0(ChannelHandlerContext from, ByteBuf bytes) {
            var text = bytes.toString(StandardCharsets.UTF_8);
            for (int at = text.indexOf(EVENT); at >= 0; at = text.indexOf(EVENT, at + 1)) events++;
        }

        @Override
        public void channelInactive(ChannelHandlerContext from) {
            open = false;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
            open = false;
            var _ = from.close();
        }

        void end() {
            if (open) {
                var _ = context.close();
            }
        }
    }
}

package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.overload.OverloadSettings;
import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** Gives each connection of the public server its fast paths, between the codec and Reactor Netty's own accounting. */
@Component
class FastPathServerCustomizer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private static final String NAME = "fast-path";
    private static final String FORWARDING = "forwarding";
    private static final String WATCH = "connection-watch";
    private static final String LAST = "last-request";

    private final FastPaths paths;
    private final FastPathForwarder forwarder;
    private final Duration patience;

    FastPathServerCustomizer(FastPaths paths, FastPathForwarder forwarder, OverloadSettings settings) {
        this.paths = paths;
        this.forwarder = forwarder;
        patience = settings.stalled();
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) -> {
            var watch = new StalledConnectionHandler(patience);
            var forwarding = new ForwardingHandler(forwarder, watch);
            channel.pipeline()
                    .addFirst(WATCH, watch)
                    .addBefore(NettyPipeline.HttpTrafficHandler, FORWARDING, forwarding)
                    .addBefore(NettyPipeline.HttpTrafficHandler, NAME, new FastPathHandler(paths, forwarding, watch))
                    .addBefore(NettyPipeline.HttpTrafficHandler, LAST, new LastRequestHandler());
        }));
    }
}

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
    private static final String WATCH = "connection-watch";

    private final FastPaths paths;
    private final Duration patience;

    FastPathServerCustomizer(FastPaths paths, OverloadSettings settings) {
        this.paths = paths;
        patience = settings.stalled();
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) -> {
            var watch = new StalledConnectionHandler(patience);
            channel.pipeline()
                    .addFirst(WATCH, watch)
                    .addBefore(NettyPipeline.HttpTrafficHandler, NAME, new FastPathHandler(paths, watch));
        }));
    }
}

package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.overload.LoadSettings;
import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** Gives each connection of the public server its fast paths, between the codec and Reactor Netty's own accounting. */
@Component
class EarlyAnswers implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private static final String NAME = "early-answers";
    private static final String WATCH = "connection-watch";

    private final EarlyWays ways;
    private final Duration patience;

    EarlyAnswers(EarlyWays ways, LoadSettings settings) {
        this.ways = ways;
        patience = settings.stalled();
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) -> {
            var watch = new ConnectionWatch(patience);
            channel.pipeline()
                    .addFirst(WATCH, watch)
                    .addBefore(NettyPipeline.HttpTrafficHandler, NAME, new EarlyHandler(ways, watch));
        }));
    }
}

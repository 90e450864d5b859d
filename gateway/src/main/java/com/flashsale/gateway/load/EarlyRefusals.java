package com.flashsale.gateway.load;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import tools.jackson.databind.json.JsonMapper;

/** Gives each connection of the public server its {@link EarlyRefusal}, between the codec and Reactor Netty's own accounting. */
@Component
class EarlyRefusals implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private static final String NAME = "early-refusal";

    private final InFlight inFlight;
    private final Refusal refusal;
    private final long maxBody;

    EarlyRefusals(InFlight inFlight, LoadSettings settings, JsonMapper json) {
        this.inFlight = inFlight;
        this.refusal = new Refusal(json);
        this.maxBody = settings.maxBody().toBytes();
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) -> channel.pipeline()
                .addBefore(NettyPipeline.HttpTrafficHandler, NAME, new EarlyRefusal(inFlight, refusal, maxBody))));
    }
}

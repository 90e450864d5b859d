package com.flashsale.gateway.early;

import com.flashsale.gateway.edge.Clients;
import java.util.List;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;

/** Gives each connection of the public server its short ways, between the codec and Reactor Netty's own accounting. */
@Component
class EarlyAnswers implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private static final String NAME = "early-answers";

    private final List<EarlyAnswer> answers;
    private final Clients clients;
    private final EarlyRecords records;

    EarlyAnswers(List<EarlyAnswer> answers, Clients clients, EarlyRecords records) {
        this.answers = List.copyOf(answers);
        this.clients = clients;
        this.records = records;
    }

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.doOnChannelInit((_, channel, _) -> channel.pipeline()
                .addBefore(NettyPipeline.HttpTrafficHandler, NAME, new EarlyHandler(answers, clients, records))));
    }
}

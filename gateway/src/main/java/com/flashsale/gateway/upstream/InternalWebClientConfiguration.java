package com.flashsale.gateway.upstream;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * The few calls that the gateway makes on its own behalf. Not a builder bean: Eureka's client would take that for its
 * own.
 */
@Configuration(proxyBeanMethods = false)
class InternalWebClientConfiguration {

    private static final int CONNECT_MILLIS = 1000;
    private static final int MOST_CONNECTIONS = 100;
    private static final int LARGEST_ANSWER = 256 * 1024;

    @Bean
    WebClient internalWebClient() {
        var pool = ConnectionProvider.builder("own-calls")
                .maxConnections(MOST_CONNECTIONS)
                .pendingAcquireMaxCount(MOST_CONNECTIONS)
                .pendingAcquireTimeout(Duration.ofSeconds(1))
                .maxIdleTime(Duration.ofSeconds(10))
                .build();
        var http = HttpClient.create(pool).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
        return WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(http))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(LARGEST_ANSWER))
                .build();
    }
}

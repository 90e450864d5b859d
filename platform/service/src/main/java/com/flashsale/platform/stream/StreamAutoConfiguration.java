package com.flashsale.platform.stream;

import org.apache.catalina.connector.Connector;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;

/** Limits the memory that each idle connection keeps. */
@AutoConfiguration
public class StreamAutoConfiguration {

    /** A request with its tokens is read at once, and most responses are smaller; a stream writes past its buffer. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> smallSocketBuffers() {
        return factory -> factory.addConnectorCustomizers(StreamAutoConfiguration::keepLittle);
    }

    static void keepLittle(Connector connector) {
        connector.setProperty("socket.appReadBufSize", "4096");
        connector.setProperty("socket.appWriteBufSize", "2048");
    }
}

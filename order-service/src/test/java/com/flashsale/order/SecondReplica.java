package com.flashsale.order;

import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The same service once more, beside the one under test: same database, same broker, same provider. */
final class SecondReplica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private SecondReplica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static SecondReplica beside(ConfigurableApplicationContext first) {
        var settings = first.getEnvironment().getPropertySources();
        return new SecondReplica(new SpringApplicationBuilder(OrderApplication.class)
                .initializers(
                        second -> Stream.of("Dynamic Test Properties", "Inlined Test Properties", "engines for tests")
                                .map(settings::get)
                                .forEach(second.getEnvironment().getPropertySources()::addFirst))
                .run("--server.port=0"));
    }

    String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }
}

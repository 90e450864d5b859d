package com.flashsale.order;

import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The same service once more, beside the one under test: same database, same broker, same provider. */
final class SecondReplica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private SecondReplica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static SecondReplica beside(ConfigurableApplicationContext first) {
        return beside(first, Clock.systemUTC());
    }

    /** One whose machine has another time. */
    static SecondReplica beside(ConfigurableApplicationContext first, Clock clock, String... options) {
        var settings = first.getEnvironment().getPropertySources();
        return new SecondReplica(new SpringApplicationBuilder(OrderApplication.class)
                .initializers(
                        second -> Stream.of("Dynamic Test Properties", "Inlined Test Properties", "engines for tests")
                                .map(settings::get)
                                .forEach(second.getEnvironment().getPropertySources()::addFirst))
                .initializers(second -> ((GenericApplicationContext) second).registerBean(Clock.class, () -> clock))
                .run(Stream.concat(Stream.of("--server.port=0"), Stream.of(options))
                        .toArray(String[]::new)));
    }

    String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}

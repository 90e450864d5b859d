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
    static SecondReplica beside(ConfigurableApplicationContext first, Clock clock) {
        var settings = first.getEnvironment().getPropertySources();
        return new SecondReplica(new SpringApplicationBuilder(OrderApplication.class)
                .initializers(
                        second -> Stream.of("Dynamic Test Properties", "Inlined Test Properties", "engines for tests")
                                .map(settings::get)
                                .forEach(second.getEnvironment().getPropertySources()::addFirst))
                .initializers(second -> ((GenericApplicationContext) second).registerBean(Clock.class, () -> clock))
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

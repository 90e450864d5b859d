package com.flashsale.waitlist;

import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The same service once more, beside the one under test: same database, same Redis, same broker. */
public final class SecondReplica implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private SecondReplica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static SecondReplica beside(ConfigurableApplicationContext first) {
        var settings = first.getEnvironment().getPropertySources();
        return new SecondReplica(new SpringApplicationBuilder(WaitlistApplication.class)
                .initializers(
                        second -> Stream.of("Dynamic Test Properties", "Inlined Test Properties", "engines for tests")
                                .map(settings::get)
                                .filter(java.util.Objects::nonNull)
                                .forEach(second.getEnvironment().getPropertySources()::addFirst))
                .run("--server.port=0"));
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @Override
    public void close() {
        context.close();
    }
}

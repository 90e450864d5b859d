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

    /** @param options as on the command line */
    public static SecondReplica beside(ConfigurableApplicationContext first, String... options) {
        var settings = first.getEnvironment().getPropertySources();
        return new SecondReplica(new SpringApplicationBuilder(WaitlistApplication.class)
                .initializers(
                        second -> Stream.of("Dynamic Test Properties", "Inlined Test Properties", "engines for tests")
                                .map(settings::get)
                                .filter(java.util.Objects::nonNull)
                                .forEach(second.getEnvironment().getPropertySources()::addFirst))
                .run(Stream.concat(Stream.of("--server.port=0"), Stream.of(options))
                        .toArray(String[]::new)));
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}

package com.flashsale.auth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Another instance of the service on the database of a running one. */
public final class Replica implements AutoCloseable {

    private static final List<String> SAME = List.of(
            "DATABASE_URL",
            "DATABASE_USER",
            "DATABASE_PASSWORD",
            "FLASHSALE_ISSUER",
            "FLASHSALE_KEY_ENCRYPTION_SECRET",
            "FLASHSALE_OPERATOR_SECRET",
            "FLASHSALE_LOAD_TEST_SECRET",
            "FLASHSALE_JWKS_URI");

    private final ConfigurableApplicationContext context;

    private Replica(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static Replica of(Environment first, String... further) {
        var properties = new ArrayList<>(List.of(
                "server.port=0",
                "management.server.port=0",
                "EUREKA_CLIENT_ENABLED=false",
                "spring.datasource.hikari.minimum-idle=0"));
        SAME.forEach(name -> properties.add(name + "=" + first.getRequiredProperty(name)));
        properties.addAll(Arrays.asList(further));
        var replica = new SpringApplicationBuilder(AuthApplication.class);
        // the log belongs to the JVM, which has set it up: two replicas that start at once would fight over it
        var application = replica.application();
        application.setListeners(application.getListeners().stream()
                .filter(listener -> !(listener instanceof LoggingApplicationListener))
                .toList());
        return new Replica(
                replica.run(properties.stream().map(property -> "--" + property).toArray(String[]::new)));
    }

    public int port() {
        return ((WebServerApplicationContext) context).getWebServer().getPort();
    }

    @Override
    public void close() {
        context.close();
    }
}

package com.flashsale.gateway;

import com.flashsale.engines.RedisEngine;
import com.flashsale.engines.ThrowawayEngines;
import java.util.List;
import java.util.Map;
import org.springframework.test.context.DynamicPropertyRegistry;

/** Everything around the gateway: one of each service, a second catalog and order service, and a real Redis. */
final class World {

    private static final ThrowawayEngines ENGINES = new ThrowawayEngines();

    final StubService auth = new StubService("auth");
    final StubService catalog = new StubService("catalog");
    final StubService otherCatalog = new StubService("catalog");
    final StubService waitlist = new StubService("waitlist");
    final StubService order = new StubService("order");
    final StubService otherOrder = new StubService("order");

    World() {
        forget();
    }

    /** Resets the world: all services up, no recorded requests, the usual keys. */
    void forget() {
        for (var one : List.of(auth, catalog, otherCatalog, waitlist, order, otherOrder)) {
            one.start();
            one.forget();
        }
        auth.on("/oauth2/jwks", StubService.json(200, TestTokens.jwks(TestTokens.KEY)));
    }

    void describe(DynamicPropertyRegistry properties) {
        var instances = Map.of(
                "auth-service", List.of(auth),
                "catalog-service", List.of(catalog, otherCatalog),
                "waitlist-service", List.of(waitlist),
                "order-service", List.of(order, otherOrder));
        instances.forEach((service, copies) -> {
            for (var i = 0; i < copies.size(); i++) {
                var url = copies.get(i).url();
                properties.add(
                        "spring.cloud.discovery.client.simple.instances.%s[%d].uri".formatted(service, i), () -> url);
            }
        });
        properties.add("gateway.token.jwks-uri", () -> auth.url() + "/oauth2/jwks");
        properties.add("eureka.client.enabled", () -> "false");
        properties.add("management.server.port", () -> "0");
        describe(properties, ENGINES.redis());
    }

    static void describe(DynamicPropertyRegistry properties, RedisEngine redis) {
        properties.add("gateway.limit.redis.port", redis::port);
        properties.add("gateway.limit.redis.password", redis::password);
    }
}

package com.flashsale.engines;

/** Run in a JVM of its own by {@link PostgresUserIT}: what it prints is the result. */
final class OrdinaryUser {

    private OrdinaryUser() {}

    static void main() {
        try (var engines = new ThrowawayEngines()) {
            IO.println(engines.postgres().name() + (engines.postgres().isReady() ? " ready" : " not ready"));
            IO.println(engines.redis().name() + (engines.redis().isReady() ? " ready" : " not ready"));
        }
    }
}

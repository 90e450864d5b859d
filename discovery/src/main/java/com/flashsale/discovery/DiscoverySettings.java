package com.flashsale.discovery;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The credentials of the registry. They have no default: a client that can write here can make the gateway send orders
 * to any address. A registry without a secret does not start.
 */
@ConfigurationProperties("discovery")
record DiscoverySettings(String user, String password) {

    DiscoverySettings {
        required("EUREKA_USER", user);
        required("EUREKA_PASSWORD", password);
    }

    private static void required(String variable, String value) {
        if (value.isBlank()) throw new IllegalArgumentException("the environment variable " + variable + " is not set");
    }

    /** Without the password: settings end up in logs. */
    @Override
    public String toString() {
        return "DiscoverySettings[user=" + user + "]";
    }
}

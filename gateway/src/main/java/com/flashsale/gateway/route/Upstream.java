package com.flashsale.gateway.route;

/** The process that answers a request: a service, or the gateway itself. */
public enum Upstream {
    GATEWAY("gateway"),
    AUTH("auth-service"),
    CATALOG("catalog-service"),
    WAITLIST("waitlist-service"),
    ORDER("order-service");

    private final String service;

    Upstream(String service) {
        this.service = service;
    }

    /** The name under which its instances are registered. */
    public String service() {
        return service;
    }
}

package com.flashsale.client.topology;

/** One running replica of a service; the numbers start at 1. */
public record Instance(ServiceSpec service, int replica) {

    /** The name of the first replica is the service's own, so that a platform without replicas reads plainly. */
    public String id() {
        return replica == 1 ? service.name() : service.name() + "-" + replica;
    }
}

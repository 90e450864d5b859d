package com.flashsale.client.platform;

import com.flashsale.client.Home;
import com.flashsale.client.topology.Ports;

/** The context that all services of one platform share. */
public record Context(Home home, Ports ports, Secrets secrets, Addresses addresses) {

    /** The context of the platform that this state describes, on this machine or elsewhere. */
    public static Context of(Home home, PlatformState running) {
        var secrets = Secrets.at(home.secrets());
        if (running.isExternal()) {
            return new Context(home, new Ports(Ports.DEFAULT_BASE), secrets, Addresses.of(running));
        }
        var base = running.portBase();
        return new Context(home, new Ports(base == null ? Ports.DEFAULT_BASE : base), secrets);
    }

    /** A platform that runs on this machine. */
    public Context(Home home, Ports ports, Secrets secrets) {
        this(home, ports, secrets, Addresses.local(ports));
    }

    /** The public address, which is also the issuer of its tokens. */
    public String gatewayUrl() {
        return addresses.gateway();
    }
}

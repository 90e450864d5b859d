package com.flashsale.auth;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param issuer the public address of the platform, which is the gateway's: tokens name it, browsers see no other */
@ConfigurationProperties("auth")
public record AuthSettings(URI issuer) {

    private static final int USUAL_PORT = 8080;

    /** Whether browsers come by TLS, so that cookies may insist on it. */
    public boolean secure() {
        return "https".equals(issuer.getScheme());
    }

    /**
     * With TLS the name itself makes browsers refuse a cookie that a neighbouring host or a plain connection planted.
     * Without, cookies do not know ports: the port in the name keeps two platforms on one host apart.
     */
    public String cookieName(String name) {
        if (secure()) return "__Host-" + name;
        return issuer.getPort() == USUAL_PORT || issuer.getPort() < 0 ? name : name + "-" + issuer.getPort();
    }
}

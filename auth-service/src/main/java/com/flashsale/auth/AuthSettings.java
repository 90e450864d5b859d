package com.flashsale.auth;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param issuer the public address of the platform, which is the gateway's: tokens name it, browsers see no other */
@ConfigurationProperties("auth")
public record AuthSettings(URI issuer) {

    /** Whether browsers come by TLS, so that cookies may insist on it. */
    public boolean secure() {
        return "https".equals(issuer.getScheme());
    }

    /** With TLS the name itself makes browsers refuse a cookie that a neighbouring host or a plain connection planted. */
    public String cookieName(String name) {
        return secure() ? "__Host-" + name : name;
    }
}

package com.flashsale.gateway.auth;

import java.util.Set;

/** Classifies requests for tokens by their credentials (RFC 6749, sections 4.1.3 and 6). */
public final class Grants {

    private static final Set<String> UNGUESSABLE = Set.of("grant_type=authorization_code", "grant_type=refresh_token");

    private Grants() {}

    /**
     * Whether the form has only a code or a refresh token, which are too long to guess, and no password of a client.
     */
    public static boolean isUnguessable(String form) {
        var known = false;
        for (var field : form.split("&", -1)) {
            if (UNGUESSABLE.contains(field)) known = true;
            else if (field.startsWith("grant_type=") || field.startsWith("client_secret=")) return false;
        }
        return known;
    }
}

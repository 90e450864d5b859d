package com.flashsale.gateway.token;

import java.util.Set;

/** What a request for a token shows (RFC 6749, sections 4.1.3 and 6). */
public final class Grants {

    private static final Set<String> UNGUESSABLE = Set.of("grant_type=authorization_code", "grant_type=refresh_token");

    private Grants() {}

    /** Whether it shows nothing but a code or a refresh token, which nobody can guess; no password of a client. */
    public static boolean isUnguessable(String form) {
        var known = false;
        for (var field : form.split("&", -1)) {
            if (UNGUESSABLE.contains(field)) known = true;
            else if (field.startsWith("grant_type=") || field.startsWith("client_secret=")) return false;
        }
        return known;
    }
}

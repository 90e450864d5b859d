package com.flashsale.auth.signin;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The place where a browser continues after the sign-in. It travels with the form, not in a session: a visitor without
 * a sign-in costs the database nothing, and two tabs stay independent. Only an authorization request is accepted, so
 * the pages redirect to no other place.
 *
 * @param path relative to the origin; {@code /}, the storefront, when there is no authorization request to continue
 */
public record SavedRequest(String path) {

    private static final String AUTHORIZE = "/oauth2/authorize";
    private static final SavedRequest STOREFRONT = new SavedRequest("/");

    /** Path of the sign-in page for an authorization request; null for any other request. */
    public static @Nullable String signInPageFor(HttpServletRequest request) {
        if (!AUTHORIZE.equals(request.getRequestURI()) || request.getQueryString() == null) return null;
        return new SavedRequest(AUTHORIZE + "?" + request.getQueryString()).to("/login");
    }

    static SavedRequest of(@Nullable String encoded) {
        if (encoded == null) return STOREFRONT;
        try {
            var path = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            return isOurs(path) ? new SavedRequest(path) : STOREFRONT;
        } catch (IllegalArgumentException notBase64) {
            return STOREFRONT;
        }
    }

    private static boolean isOurs(String path) {
        return path.startsWith(AUTHORIZE + "?")
                && path.chars().allMatch(character -> character > ' ' && character < 0x7f && character != '\\');
    }

    boolean isStorefront() {
        return equals(STOREFRONT);
    }

    /** The path in base64url, which needs no escaping in a link or a form, so that simple programs can read it too. */
    public String encoded() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(path.getBytes(StandardCharsets.UTF_8));
    }

    /** The address of a page that continues here. */
    String to(String page) {
        return page + "?continue=" + encoded();
    }
}

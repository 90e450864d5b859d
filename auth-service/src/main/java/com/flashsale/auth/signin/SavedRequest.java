package com.flashsale.auth.signin;

import com.flashsale.auth.language.PageLanguage;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
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

    /** A value with other characters names no language. */
    private static final Pattern LANGUAGES =
            Pattern.compile("[?&]" + PageLanguage.PARAMETER + "=((?:[A-Za-z0-9+-]|%20){1,100})(?:&|$)");

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

    /** The address of a page that continues here, in the language that the authorization request asks for. */
    String to(String page) {
        var address = page + "?continue=" + encoded();
        var language = PageLanguage.wanted(languages());
        return language == null ? address : address + "&" + PageLanguage.PARAMETER + "=" + language.getLanguage();
    }

    private @Nullable String languages() {
        var found = LANGUAGES.matcher(path);
        return found.find() ? URLDecoder.decode(found.group(1), StandardCharsets.UTF_8) : null;
    }
}

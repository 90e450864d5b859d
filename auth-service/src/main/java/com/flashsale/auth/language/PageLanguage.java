package com.flashsale.auth.language;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The language of a page: the one that the shop asks for ({@code ui_locales}, OpenID Connect Core, section 3.1.2.1),
 * else the browser's, else English.
 */
public final class PageLanguage {

    /** Language tags (BCP 47) separated by spaces, the best one first. */
    public static final String PARAMETER = "ui_locales";

    /** In the order of the links on the pages. */
    public static final List<Locale> KNOWN = List.of(Locale.ENGLISH, Locale.GERMAN);

    private static final int LONGEST = 200;

    private PageLanguage() {}

    public static Locale of(HttpServletRequest request) {
        var wanted = wanted(parameterOf(request));
        if (wanted == null) wanted = best(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        return wanted == null ? Locale.ENGLISH : wanted;
    }

    /** The first known language of a value of the parameter; null if there is none. */
    public static @Nullable Locale wanted(@Nullable String tags) {
        return tags == null ? null : best(tags.strip().replaceAll(" +", ","));
    }

    /** @param ranges as in the header Accept-Language (RFC 9110, section 12.5.4) */
    private static @Nullable Locale best(@Nullable String ranges) {
        if (ranges == null || ranges.isBlank() || ranges.length() > LONGEST) return null;
        try {
            return Locale.lookup(LanguageRange.parse(ranges), KNOWN);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static @Nullable String parameterOf(HttpServletRequest request) {
        try {
            return request.getParameter(PARAMETER);
        } catch (IllegalStateException unreadableParameters) {
            return null;
        }
    }
}

package com.flashsale.audit.explain;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Masks personal data and secrets in text that others wrote, such as log lines. Rows and events need no mask, since an
 * explanation reads only columns and fields that it names.
 */
final class Redaction {

    static final String MASK = "[hidden]";

    private static final int LONGEST_TEXT = 400;

    private static final List<Pattern> HIDDEN = List.of(
            // e-mail, also as a browser encodes it
            Pattern.compile("[\\w.+%'-]+(?:@|%40)[\\w-]+(?:\\.[\\w-]+)+", Pattern.CASE_INSENSITIVE),
            // signed tokens: tickets, admissions, access tokens
            Pattern.compile("\\beyJ[\\w-]{5,}(?:\\.[\\w-]*){0,4}"),
            Pattern.compile("(?<=\\b(?:Bearer|Basic|DPoP)\\s)\\S+", Pattern.CASE_INSENSITIVE),
            // name and value of what must not be shown, in headers, JSON, URLs and records
            Pattern.compile(
                    "(?<=\\b(?:idempotency-?key|password|secret|token|access_token|refresh_token|proof|admission|ticket"
                            + "|e-?mail|name|authorization|cookie|code)[\"']?[=:]\\s?)[\"']?[^\\s,;&\"'}\\])]+[\"']?",
                    Pattern.CASE_INSENSITIVE),
            // a long random value of another kind: a key, a hash, a session; ids of 36 characters stay
            Pattern.compile("\\b(?![0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)(?![0-9a-f]{32}\\b)[\\w-]{43,}\\b"));

    private final List<String> secrets;

    /** @param secrets values that are masked wherever they stand */
    Redaction(Collection<String> secrets) {
        // a short key such as "1" would mask half of each line and is no secret
        this.secrets = secrets.stream().filter(secret -> secret.length() > 3).toList();
    }

    String of(String text) {
        var hidden = text;
        for (var secret : secrets) hidden = hidden.replace(secret, MASK);
        for (var pattern : HIDDEN) hidden = pattern.matcher(hidden).replaceAll(MASK);
        hidden = hidden.replaceAll("\\p{Cntrl}", " ");
        return hidden.length() <= LONGEST_TEXT ? hidden : hidden.substring(0, LONGEST_TEXT) + " …";
    }
}

package com.flashsale.auth.account;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address as typed, without surrounding spaces and invisible characters. Two addresses are the same when they
 * differ only in case, in Unicode form, or in the spelling of an internationalised domain ({@code bücher.example},
 * {@code xn--bcher-kva.example}).
 */
public record EmailAddress(String typed) {

    public static final int LONGEST = 254;

    private static final int LONGEST_LOCAL_BYTES = 64;
    private static final Pattern LOCAL = Pattern.compile("[\\p{L}\\p{M}\\p{N}!#$%&'*+/=?^_`{|}~.-]+");
    private static final Pattern DOMAIN = Pattern.compile("([a-z0-9-]{1,63}\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");
    private static final Pattern DOMAIN_TYPED = Pattern.compile("[\\p{L}\\p{M}\\p{N}.\\u3002-]+");
    /** Characters that Java's mapping (IDNA 2003) turns into other domains than registries do today. */
    private static final Pattern MAPPED_OTHERWISE_TODAY = Pattern.compile("[\\u00df\\u03c2\\u200c\\u200d]");

    public EmailAddress {
        typed = Normalizer.normalize(withoutEdges(typed), Normalizer.Form.NFC);
    }

    /**
     * Checks the syntax of real addresses, narrower than RFC 5321 and RFC 6531: no quoted local parts, no address
     * literals.
     */
    public boolean isValid() {
        var at = typed.lastIndexOf('@');
        if (at < 1 || typed.length() > LONGEST || key().length() > LONGEST) return false;
        var local = typed.substring(0, at);
        return LOCAL.matcher(local).matches()
                && local.getBytes(StandardCharsets.UTF_8).length <= LONGEST_LOCAL_BYTES
                && asciiDomain(typed.substring(at + 1)).isPresent();
    }

    /** A key that is equal for addresses that are the same; any text has one. */
    public String key() {
        var at = typed.lastIndexOf('@');
        if (at < 0) return lower(typed);
        var domain = typed.substring(at + 1);
        return lower(typed.substring(0, at)) + '@' + asciiDomain(domain).orElseGet(() -> lower(domain));
    }

    private static String lower(String text) {
        return Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    private static Optional<String> asciiDomain(String typed) {
        var domain = Normalizer.normalize(typed, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        if (!DOMAIN_TYPED.matcher(domain).matches()
                || MAPPED_OTHERWISE_TODAY.matcher(domain).find()) return Optional.empty();
        try {
            return Optional.of(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES))
                    .filter(ascii -> DOMAIN.matcher(ascii).matches());
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
    }

    private static String withoutEdges(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isNothingToSee(text.codePointAt(from))) from += Character.charCount(text.codePointAt(from));
        while (to > from && isNothingToSee(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static boolean isNothingToSee(int character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.getType(character) == Character.FORMAT;
    }

    /** Without the address, so that it cannot get into a log by accident. */
    @Override
    public String toString() {
        return "EmailAddress[…]";
    }
}

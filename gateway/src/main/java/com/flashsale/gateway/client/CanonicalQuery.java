package com.flashsale.gateway.client;

/**
 * Queries that every server decodes in the same way: characters of RFC 3986, well-formed percent encoding, and
 * well-formed UTF-8 behind it (no surrogates, no overlong forms, no NUL). Servers answer anything else with errors of
 * their own kind.
 */
public final class CanonicalQuery {

    private static final String OTHERS = "-._~!$&'()*+,;=:@/?[]";

    private CanonicalQuery() {}

    /** @param from the index of the first character of the query */
    public static boolean isReadable(String target, int from) {
        for (var i = from; i < target.length(); i++) {
            var c = target.charAt(i);
            if (c == '%') {
                var last = endOfCharacter(target, i);
                if (last < 0) return false;
                i = last;
            } else if (!isPlain(c)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The index of the last digit of one percent-encoded character; negative when it is malformed (Unicode 17, table
     * 3-7).
     */
    private static int endOfCharacter(String text, int at) {
        var first = octet(text, at);
        if (first <= 0) return -1;
        if (first < 0x80) return at + 2;
        var length = lengthAfter(first);
        if (length == 0) return -1;
        var second = octet(text, at + 3);
        if (second < leastSecond(first) || second > mostSecond(first)) return -1;
        for (var i = 2; i < length; i++) {
            var next = octet(text, at + 3 * i);
            if (next < 0x80 || next > 0xBF) return -1;
        }
        return at + 3 * length - 1;
    }

    private static int lengthAfter(int first) {
        if (first < 0xC2 || first > 0xF4) return 0;
        if (first < 0xE0) return 2;
        return first < 0xF0 ? 3 : 4;
    }

    private static int leastSecond(int first) {
        return first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    }

    private static int mostSecond(int first) {
        return first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    }

    private static int octet(String text, int at) {
        if (at + 2 >= text.length() || text.charAt(at) != '%') return -1;
        var high = Character.digit(text.charAt(at + 1), 16);
        var low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 || text.charAt(at + 1) > 'f' || text.charAt(at + 2) > 'f' ? -1 : high * 16 + low;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || OTHERS.indexOf(c) >= 0;
    }
}

package com.flashsale.gateway.client;

/**
 * Paths that every server reads in the same way. Escapes, empty segments, dot segments and path parameters are refused,
 * since a service might turn them into another path than the one that was checked here.
 */
public final class CanonicalPath {

    public static final int LONGEST = 512;

    private CanonicalPath() {}

    public static boolean isCanonical(String path) {
        return path.startsWith("/")
                && path.length() <= LONGEST
                && path.chars().allMatch(CanonicalPath::isPlain)
                && !path.contains("//")
                && !path.contains("..")
                && path.indexOf("/.", 1) < 0
                && (!path.startsWith("/.") || path.startsWith("/.well-known/"));
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "/-._~:@".indexOf(c) >= 0;
    }
}

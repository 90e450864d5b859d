package com.flashsale.auth.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of random secrets: tokens, codes and machine secrets need no slow hash. */
final class Digests {

    private Digests() {}

    static String sha256(CharSequence secret) {
        return HexFormat.of().formatHex(digest(secret));
    }

    static boolean matches(CharSequence secret, String hex) {
        return MessageDigest.isEqual(digest(secret), HexFormat.of().parseHex(hex));
    }

    private static byte[] digest(CharSequence secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.toString().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}

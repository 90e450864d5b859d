package com.flashsale.platform.test;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Secrets that protect nothing: the same on every machine, so that a failing test can be repeated. */
public final class TestSecrets {

    public static final String OPERATOR = "operator-secret-for-tests";
    public static final String LOAD_TEST = "load-test-secret-for-tests";
    public static final String PAYMENT_KEY = "payment-key-for-tests";
    static final String DATABASE_PASSWORD = "database-password-for-tests";

    private TestSecrets() {}

    /** 32 bytes made from a name. */
    static String base64(String name) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

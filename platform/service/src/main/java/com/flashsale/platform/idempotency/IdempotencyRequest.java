package com.flashsale.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.observability.LoadTest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A request with an idempotency key.
 *
 * @param scope the owner of the key: the customer, so that no customer meets another one's key
 * @param key the Idempotency-Key header
 * @param fingerprint hex SHA-256 of method, path and body
 * @param loadTest the load-test run that sends the request, if any
 */
public record IdempotencyRequest(
        String scope,
        String key,
        String fingerprint,
        @Nullable String loadTest) {

    /** Identifies the stored response. */
    public record Id(String scope, String key) {}

    public static IdempotencyRequest of(String scope, String key, String method, String path, byte[] body) {
        var sha256 = sha256();
        sha256.update((method + ' ' + path + '\n').getBytes(UTF_8));
        return new IdempotencyRequest(scope, key, HexFormat.of().formatHex(sha256.digest(body)), LoadTest.current());
    }

    public Id id() {
        return new Id(scope, key);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}

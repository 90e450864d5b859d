package com.flashsale.platform.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.platform.observability.LoadTest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A request that names itself.
 *
 * @param scope whose key it is: the customer, so that nobody meets another one's key
 * @param key the Idempotency-Key header
 * @param fingerprint hex SHA-256 of what was asked
 * @param loadTest the run that asks
 */
public record IdempotencyRequest(
        String scope,
        String key,
        String fingerprint,
        @Nullable String loadTest) {

    /** Identifies the stored answer. */
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

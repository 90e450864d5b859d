package com.flashsale.platform.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's statement that it has checked the signature of an access token and that the key is still valid. It is
 * an HMAC-SHA256 (RFC 2104) over the time and the token, by a key that only the platform knows. A P-256 signature costs
 * a service as much as all the rest of an order; this check costs a hundredth of that.
 *
 * <p>The stamp says nothing else: each service still checks time, issuer and audience of the token. It is valid for 30
 * s, so that a leaked stamp outlives no key. The first key signs and all keys verify, so keys can be rotated.
 */
public final class VerifiedTokenStamp {

    /**
     * The gateway sets this header and removes any value that a client sends under this name. Replicas of two versions
     * share the header and {@code PURPOSE} during a rollout, so both keep the older word "proof".
     */
    public static final String HEADER = "X-Token-Proof";

    /** The most by which the clocks of two machines may differ, transit time included. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "flash-sale token proof\n";
    private static final int KEY_BYTES = 32;
    private static final int LONGEST = 200;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final InstantSource clock;

    /** @param keys {@code kid:base64,kid:base64}, each of 32 bytes or more */
    public VerifiedTokenStamp(String keys, InstantSource clock) {
        this.clock = clock;
        for (var entry : keys.split(",", -1)) {
            var parts = entry.strip().split(":", 2);
            if (parts.length != 2)
                throw new IllegalArgumentException("Keys of verified-token stamps must be kid:base64.");
            var secret = Base64.getDecoder().decode(parts[1]);
            if (secret.length < KEY_BYTES) {
                throw new IllegalArgumentException(
                        "Key " + parts[0] + " of the verified-token stamps is shorter than 32 bytes.");
            }
            this.keys.put(parts[0], new SecretKeySpec(secret, ALGORITHM));
        }
    }

    /** The stamp for a token that the gateway has just checked. */
    public String of(String token) {
        var key = keys.entrySet().iterator().next();
        return stamp(key.getKey(), key.getValue(), Long.toString(clock.instant().getEpochSecond()), token);
    }

    /** Whether the gateway made this stamp for exactly this token, at most 30 s ago. */
    public boolean isValid(@Nullable String stamp, String token) {
        if (stamp == null || stamp.length() > LONGEST) return false;
        var parts = stamp.split("\\.", -1);
        if (parts.length != 3 || !isRecent(parts[1])) return false;
        var key = keys.get(parts[0]);
        return key != null
                && MessageDigest.isEqual(
                        stamp.getBytes(US_ASCII),
                        stamp(parts[0], key, parts[1], token).getBytes(US_ASCII));
    }

    private boolean isRecent(String seconds) {
        try {
            var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), clock.instant());
            return age.abs().compareTo(GOOD_FOR) <= 0;
        } catch (RuntimeException noTime) {
            return false;
        }
    }

    private static String stamp(String keyId, SecretKeySpec key, String seconds, String token) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((PURPOSE + seconds + "\n").getBytes(US_ASCII));
            var code = mac.doFinal(token.getBytes(US_ASCII));
            return keyId + "." + seconds + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(code);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}

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
 * The gateway's word that it has checked the signature of an access token and that the key still counts: HMAC-SHA256 (RFC 2104) over the
 * time and the token, by a key that only the platform knows. A P-256 signature costs a service as much as all the rest of an order; this
 * costs a hundredth. It says nothing else: time, issuer and audience of the token are still for each service to check. Good for half a
 * minute, so that one that leaks outlives no key. The first key signs, all keys prove, so keys can be rotated.
 */
public final class TokenProof {

    /** Set by the gateway anew; whatever a client sends under this name is removed. */
    public static final String HEADER = "X-Token-Proof";

    /** Clocks of two machines may be this far apart, the way included. */
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "flash-sale token proof\n";
    private static final int KEY_BYTES = 32;
    private static final int LONGEST = 200;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final InstantSource clock;

    /** @param keys {@code kid:base64,kid:base64}, each of 32 bytes or more */
    public TokenProof(String keys, InstantSource clock) {
        this.clock = clock;
        for (var entry : keys.split(",", -1)) {
            var parts = entry.strip().split(":", 2);
            if (parts.length != 2) throw new IllegalArgumentException("keys of token proofs: kid:base64 expected");
            var secret = Base64.getDecoder().decode(parts[1]);
            if (secret.length < KEY_BYTES) {
                throw new IllegalArgumentException("keys of token proofs: " + parts[0] + " is shorter than 32 bytes");
            }
            this.keys.put(parts[0], new SecretKeySpec(secret, ALGORITHM));
        }
    }

    /** For a token that was checked just now. */
    public String of(String token) {
        var key = keys.entrySet().iterator().next();
        return proof(key.getKey(), key.getValue(), Long.toString(clock.instant().getEpochSecond()), token);
    }

    /** Whether the gateway said so of this very token, just now. */
    public boolean proves(@Nullable String proof, String token) {
        if (proof == null || proof.length() > LONGEST) return false;
        var parts = proof.split("\\.", -1);
        if (parts.length != 3 || !isRecent(parts[1])) return false;
        var key = keys.get(parts[0]);
        return key != null
                && MessageDigest.isEqual(
                        proof.getBytes(US_ASCII),
                        proof(parts[0], key, parts[1], token).getBytes(US_ASCII));
    }

    private boolean isRecent(String seconds) {
        try {
            var age = Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), clock.instant());
            return age.abs().compareTo(GOOD_FOR) <= 0;
        } catch (RuntimeException noTime) {
            return false;
        }
    }

    private static String proof(String keyId, SecretKeySpec key, String seconds, String token) {
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

package com.flashsale.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import java.text.ParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Small tokens that the platform signs for itself: compact JWS with HMAC-SHA256 (RFC 7515, RFC 7518 section 3.2). The
 * type in the header keeps one kind from being used as another (RFC 8725, section 3.11). The first key signs, all keys
 * verify, so keys can be rotated.
 */
public final class SignedTokens {

    private static final int KEY_BYTES = 32;
    private static final int SIZE_LIMIT = 2_048;

    private final String signingKeyId;
    private final MACSigner signer;

    /** By type; the types are constants of the services. */
    private final Map<String, JWSHeader> headers = new ConcurrentHashMap<>();

    private final Map<String, MACVerifier> verifiers = new LinkedHashMap<>();

    /** @param keys {@code kid:base64,kid:base64}, each of 32 bytes or more */
    public SignedTokens(String keys) {
        String firstId = null;
        MACSigner firstSigner = null;
        for (var entry : keys.split(",", -1)) {
            var parts = entry.strip().split(":", 2);
            if (parts.length != 2)
                throw new IllegalArgumentException("platform.signed-tokens.keys: kid:base64 expected");
            var secret = Base64.getDecoder().decode(parts[1]);
            if (secret.length < KEY_BYTES) {
                throw new IllegalArgumentException(
                        "platform.signed-tokens.keys: " + parts[0] + " is shorter than 32 bytes");
            }
            try {
                verifiers.put(parts[0], new MACVerifier(secret));
                if (firstSigner == null) {
                    firstId = parts[0];
                    firstSigner = new MACSigner(secret);
                }
            } catch (JOSEException unusable) {
                throw new IllegalArgumentException(
                        "platform.signed-tokens.keys: " + parts[0] + " is unusable", unusable);
            }
        }
        if (firstId == null || firstSigner == null)
            throw new IllegalArgumentException("platform.signed-tokens.keys is empty");
        this.signingKeyId = firstId;
        this.signer = firstSigner;
    }

    public String sign(String type, Map<String, Object> claims) {
        var token = new JWSObject(headers.computeIfAbsent(type, this::header), new Payload(claims));
        try {
            token.sign(signer);
        } catch (JOSEException failed) {
            throw new IllegalStateException("signing failed", failed);
        }
        return token.serialize();
    }

    /** A header that was parsed keeps its encoded form, so each token of the type shares it. */
    private JWSHeader header(String type) {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType(type))
                .keyID(signingKeyId)
                .build();
        try {
            return JWSHeader.parse(header.toBase64URL());
        } catch (ParseException impossible) {
            throw new IllegalStateException("a header of our own", impossible);
        }
    }

    /**
     * The claims of a token that this platform signed as this type; empty for any other token. The caller checks the
     * expiry, since it has the clock.
     */
    public Optional<Map<String, Object>> verify(String type, @Nullable String token) {
        if (token == null || token.length() > SIZE_LIMIT) return Optional.empty();
        try {
            var jws = JWSObject.parse(token);
            var header = jws.getHeader();
            var verifier = header.getKeyID() == null ? null : verifiers.get(header.getKeyID());
            var ours = verifier != null
                    && JWSAlgorithm.HS256.equals(header.getAlgorithm())
                    && header.getType() != null
                    && type.equals(header.getType().getType())
                    && jws.verify(verifier);
            return ours ? Optional.ofNullable(jws.getPayload().toJSONObject()) : Optional.empty();
        } catch (ParseException | JOSEException notOurs) {
            return Optional.empty();
        }
    }
}

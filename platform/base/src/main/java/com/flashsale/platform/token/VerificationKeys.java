package com.flashsale.platform.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The issuer's public keys at one moment, by key id; only P-256 keys for signatures. */
public record VerificationKeys(Map<String, JWSVerifier> byId) implements AccessTokenVerifier.Keys {

    public static final VerificationKeys NONE = new VerificationKeys(Map.of());

    public VerificationKeys {
        byId = Map.copyOf(byId);
    }

    /** Fails if the document has no usable key: the present keys then stay in use. */
    public static VerificationKeys parse(String jwks) throws ParseException, JOSEException {
        var verifiers = new HashMap<String, JWSVerifier>();
        for (JWK key : JWKSet.parse(jwks).getKeys()) {
            var verifier = key.getKeyID() == null ? null : verifierOrNull(key);
            if (verifier != null) verifiers.put(key.getKeyID(), verifier);
        }
        if (verifiers.isEmpty()) throw new ParseException("no key to verify ES256 signatures with", 0);
        return new VerificationKeys(verifiers);
    }

    public boolean isEmpty() {
        return byId.isEmpty();
    }

    public boolean has(String keyId) {
        return byId.containsKey(keyId);
    }

    @Override
    public @Nullable JWSVerifier verifier(String keyId) {
        return byId.get(keyId);
    }

    /** The verifier of a key; null for a key of another kind or use. */
    public static @Nullable JWSVerifier verifierOrNull(JWK key) throws JOSEException {
        return key instanceof ECKey ec && isForSignatures(ec) ? new ECDSAVerifier(ec) : null;
    }

    private static boolean isForSignatures(ECKey key) {
        return Curve.P_256.equals(key.getCurve())
                && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getAlgorithm() == null || JWSAlgorithm.ES256.equals(key.getAlgorithm()));
    }
}

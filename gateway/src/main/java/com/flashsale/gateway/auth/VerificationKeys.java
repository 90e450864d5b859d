package com.flashsale.gateway.auth;

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
record VerificationKeys(Map<String, JWSVerifier> byId) {

    static final VerificationKeys NONE = new VerificationKeys(Map.of());

    VerificationKeys {
        byId = Map.copyOf(byId);
    }

    /** Fails if the document has no usable key: the present keys then stay in use. */
    static VerificationKeys parse(String jwks) throws ParseException, JOSEException {
        var verifiers = new HashMap<String, JWSVerifier>();
        for (JWK key : JWKSet.parse(jwks).getKeys()) {
            if (key instanceof ECKey ec && key.getKeyID() != null && isForSignatures(ec)) {
                verifiers.put(key.getKeyID(), new ECDSAVerifier(ec));
            }
        }
        if (verifiers.isEmpty()) throw new ParseException("no key to verify ES256 signatures with", 0);
        return new VerificationKeys(verifiers);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    boolean has(String keyId) {
        return byId.containsKey(keyId);
    }

    @Nullable
    JWSVerifier verifier(String keyId) {
        return byId.get(keyId);
    }

    private static boolean isForSignatures(ECKey key) {
        return Curve.P_256.equals(key.getCurve())
                && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getAlgorithm() == null || JWSAlgorithm.ES256.equals(key.getAlgorithm()));
    }
}

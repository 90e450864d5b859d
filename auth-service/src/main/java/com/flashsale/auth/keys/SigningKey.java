package com.flashsale.auth.keys;

import com.nimbusds.jose.jwk.ECKey;
import java.time.Instant;

/** An EC P-256 key pair and the moment from which it signs. */
record SigningKey(ECKey pair, Instant signsFrom) {

    String kid() {
        return pair.getKeyID();
    }
}

package com.flashsale.systemtests;

import com.flashsale.platform.security.SignedTokens;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Signs admissions as waitlist-service does, so that a crowd can be sent straight at order-service. */
final class Admissions {

    private final SignedTokens tokens;

    Admissions(String key) {
        this.tokens = new SignedTokens(key);
    }

    String of(Shopper shopper, String sale) {
        return of(shopper, sale, Map.of());
    }

    String of(Shopper shopper, String sale, Map<String, Object> changes) {
        var now = Instant.now().getEpochSecond();
        var claims = new HashMap<String, Object>(Map.of(
                "jti",
                UUID.randomUUID().toString(),
                "sale",
                sale,
                "sub",
                shopper.id(),
                "units",
                1,
                "source",
                "TURN",
                "number",
                1,
                "iat",
                now,
                "exp",
                now + 60));
        claims.putAll(changes);
        return tokens.sign("admission+jwt", claims);
    }
}

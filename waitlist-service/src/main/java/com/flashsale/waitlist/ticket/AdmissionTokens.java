package com.flashsale.waitlist.ticket;

import com.flashsale.platform.security.SignedTokens;
import com.flashsale.waitlist.admission.Admission;
import java.util.LinkedHashMap;
import org.springframework.stereotype.Component;

/** Admissions as others see them: signed, so that gateway and order-service can tell a true one without asking us. */
@Component
public class AdmissionTokens {

    private static final String TYPE = "admission+jwt";

    private final SignedTokens tokens;

    AdmissionTokens(SignedTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * The same admission gives the same token, as long as the signing key is the same and no pause has moved its end.
     */
    public String sign(Admission admission) {
        var claims = new LinkedHashMap<String, Object>();
        claims.put("jti", admission.id().toString());
        claims.put("sale", admission.sale().value().toString());
        claims.put("sub", admission.customer().value().toString());
        claims.put("units", admission.units());
        switch (admission.source()) {
            case Admission.Turn(var number) -> {
                claims.put("source", "TURN");
                claims.put("number", number);
            }
            case Admission.Offer _ -> claims.put("source", "OFFER");
        }
        claims.put("iat", admission.issuedAt().getEpochSecond());
        claims.put("exp", admission.expiresAt().getEpochSecond());
        claims.put("pausedMillis", admission.pausedMillis());
        return tokens.sign(TYPE, claims);
    }
}

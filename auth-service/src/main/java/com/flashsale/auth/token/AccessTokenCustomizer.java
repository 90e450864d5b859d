package com.flashsale.auth.token;

import com.flashsale.auth.TokenLifetimes;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.stereotype.Component;

/**
 * Access tokens follow RFC 9068: type, audience and client id tell them from id tokens, so that neither can be used as
 * the other. Neither carries anything personal.
 */
@Component
public class AccessTokenCustomizer implements OAuth2TokenCustomizer<JwtEncodingContext> {

    public static final String TYPE = "at+jwt";
    /** A list of a type that Spring accepts when it reads a stored authorization; List.of is not on its allow-list. */
    public static final List<String> AUDIENCE = Collections.singletonList("flashsale");

    public static final String CLIENT_ID = "client_id";

    private final TokenLifetimes lifetimes;
    private final Clock clock;

    AccessTokenCustomizer(TokenLifetimes lifetimes, Clock clock) {
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getJwsHeader().type(TYPE);
            context.getClaims()
                    .audience(AUDIENCE)
                    .claim(CLIENT_ID, context.getRegisteredClient().getClientId());
        } else if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
            // Spring's 30 minutes are fixed; no id token may outlive the key that signed it
            context.getClaims().expiresAt(clock.instant().plus(lifetimes.access()));
        }
    }
}

package com.flashsale.auth.synthetic;

import com.flashsale.auth.AuthSettings;
import com.flashsale.auth.TokenLifetimes;
import com.flashsale.auth.token.AccessTokenCustomizer;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.time.Ids;
import java.time.Clock;
import java.util.UUID;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.stereotype.Component;

/** Access tokens of synthetic shoppers: like a person's, but marked as synthetic and valid for a load test's length. */
@Component
class SyntheticTokens {

    private static final JwsHeader HEADER = JwsHeader.with(SignatureAlgorithm.ES256)
            .type(AccessTokenCustomizer.TYPE)
            .build();

    private final JwtEncoder encoder;
    private final AuthSettings settings;
    private final TokenLifetimes lifetimes;
    private final Clock clock;

    SyntheticTokens(JwtEncoder encoder, AuthSettings settings, TokenLifetimes lifetimes, Clock clock) {
        this.encoder = encoder;
        this.settings = settings;
        this.lifetimes = lifetimes;
        this.clock = clock;
    }

    String accessToken(UUID shopper) {
        var now = clock.instant();
        var claims = JwtClaimsSet.builder()
                .issuer(settings.issuer().toString())
                .subject(shopper.toString())
                .audience(AccessTokenCustomizer.AUDIENCE)
                .issuedAt(now)
                .notBefore(now)
                .expiresAt(now.plus(lifetimes.synthetic()))
                .id(Ids.next().toString())
                .claim(AccessTokenCustomizer.CLIENT_ID, "load-test")
                .claim("scope", "shop")
                .claim("synthetic", true);
        // requests with this token belong to the load test
        var loadTest = LoadTest.current();
        if (loadTest != null) claims.claim(LoadTest.CLAIM, loadTest);
        return encoder.encode(JwtEncoderParameters.from(HEADER, claims.build())).getTokenValue();
    }
}

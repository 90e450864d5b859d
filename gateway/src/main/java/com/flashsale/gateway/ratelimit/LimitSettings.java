package com.flashsale.gateway.ratelimit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param customer for requests with an access token
 * @param address for those without
 * @param signInRate for passwords, registrations and client passwords of an address; a tenth of the address's unless
 *     set
 * @param localBuckets how many callers this process keeps a bucket for
 */
@ConfigurationProperties("gateway.limit")
record LimitSettings(
        Pace customer,
        Pace address,
        @Nullable Integer signInRate,
        @Nullable Integer signInBurst,
        int localBuckets,
        Redis redis) {

    private static final int SIGN_IN_SHARE = 10;
    private static final int SIGN_IN_SECONDS = 3;
    private static final int LOOK_UP_SHARE = 10;

    /**
     * @param rate requests a second, held for ever
     * @param burst requests at once after a rest
     */
    record Pace(int rate, int burst) {
        Pace {
            if (rate < 1 || burst < 1) throw new IllegalArgumentException("rate and burst must be positive");
        }
    }

    /**
     * @param user empty: the default user
     * @param certificateAuthority file of the authority that signed the server's certificate; empty: not encrypted
     * @param timeout for one decision; after it the process decides alone
     */
    record Redis(
            String host,
            int port,
            String user,
            String password,
            String certificateAuthority,
            Duration timeout,
            Duration connectTimeout) {}

    /** Limit of questions about sales that a gateway does not know: a person asks for a few. */
    Pace lookUp() {
        return new Pace(Math.max(1, address.rate() / LOOK_UP_SHARE), Math.max(1, address.burst() / LOOK_UP_SHARE));
    }

    Pace signIn() {
        var rate = signInRate != null ? signInRate : Math.max(1, address.rate() / SIGN_IN_SHARE);
        return new Pace(rate, signInBurst != null ? signInBurst : rate * SIGN_IN_SECONDS);
    }
}

package com.flashsale.gateway.route;

/** The bucket that a request is charged to. */
public enum RateLimitScope {
    /** The customer's bucket if there is a token, else the address's; shared by all gateways. */
    CALLER,
    /** The address's small bucket for passwords, registrations and token requests; shared by all gateways. */
    SIGN_IN,
    /**
     * The address's bucket for exchanging a code or a refresh token: both are too long to guess, and a crowd behind one
     * address renews its tokens together. Other grants are charged to {@link #SIGN_IN} too.
     */
    TOKENS,
    /** The customer's or the address's bucket in this process only: an answer is cheaper than a count elsewhere. */
    LOCAL
}

package com.flashsale.gateway.route;

/** Which bucket pays for a request. */
public enum Allowance {
    /** The customer's if there is a token, else the address's; shared by all gateways. */
    CALLER,
    /** The address's small one for guessing passwords, registering and fetching tokens; shared by all gateways. */
    SIGN_IN,
    /**
     * The address's for exchanging a code or a refresh token: both are too long to guess, and a crowd behind one address renews its tokens
     * together. Other grants are charged to {@link #SIGN_IN} too.
     */
    TOKENS,
    /** The customer's or the address's in this process only: cheaper to answer than to count elsewhere. */
    MEMORY
}

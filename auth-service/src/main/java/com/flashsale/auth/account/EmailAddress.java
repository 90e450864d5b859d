package com.flashsale.auth.account;

import java.util.Locale;

/** An e-mail address as it was typed; two that differ in case only are the same. */
public record EmailAddress(String typed) {

    /** Deliberately narrower than RFC 5321: what real addresses look like. */
    public static final String PATTERN = "[A-Za-z0-9._%+'-]{1,64}@([A-Za-z0-9-]{1,63}\\.)+[A-Za-z]{2,63}";

    public static final int LONGEST = 254;

    public EmailAddress {
        typed = typed.strip();
    }

    public String key() {
        return typed.toLowerCase(Locale.ROOT);
    }

    /** Without the address, so that it cannot get into a log by accident. */
    @Override
    public String toString() {
        return "EmailAddress[…]";
    }
}

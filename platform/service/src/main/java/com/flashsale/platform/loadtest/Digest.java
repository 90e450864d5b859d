package com.flashsale.platform.loadtest;

import java.math.BigInteger;
import java.util.HexFormat;

/**
 * Of a set of rows, whatever their order.
 *
 * @param mixed their hashes by exclusive or
 * @param sum their hashes added up: two equal changes do not cancel each other out
 */
record Digest(long rows, long mixed, BigInteger sum) {

    static final Digest NOTHING = new Digest(0, 0, BigInteger.ZERO);

    static Digest of(long rows, long mixed, String sum) {
        return new Digest(rows, mixed, new BigInteger(sum));
    }

    Digest plus(Digest other) {
        return new Digest(rows + other.rows, mixed ^ other.mixed, sum.add(other.sum));
    }

    String text() {
        return HexFormat.of().toHexDigits(mixed) + HexFormat.of().toHexDigits(sum.longValue());
    }
}

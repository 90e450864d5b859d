package com.flashsale.platform.loadtest;

import java.math.BigInteger;
import java.util.HexFormat;

/**
 * The digest of a set of rows, independent of their order.
 *
 * @param mixed the hashes of the rows, combined by exclusive or
 * @param sum the sum of the hashes, in which two equal changes do not cancel each other out
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

package com.flashsale.load.raw;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Ids that grow with time, as the services' are: a random key would measure the cache of an index. */
final class Ids {

    private static final long VERSION_7 = 0x7000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int TIME_SHIFT = 16;
    private static final int RANDOM_BITS = 0xFFF;

    private Ids() {}

    static UUID next() {
        var random = ThreadLocalRandom.current();
        long high = (System.currentTimeMillis() << TIME_SHIFT) | VERSION_7 | (random.nextInt() & RANDOM_BITS);
        return new UUID(high, (random.nextLong() >>> 2) | VARIANT);
    }
}

package com.flashsale.platform.filter;

import java.util.UUID;

/**
 * A Bloom filter over ids (Bloom, 1970): it answers "certainly not" or "perhaps". It always finds an added id; about
 * one in a hundred other ids is a false positive. It takes ten bits per id and sets seven of them. Two hashes give
 * these places as well as seven would (Kirsch and Mitzenmacher, 2006).
 *
 * <p>The first hash is a 64-bit mix of the upper half, mixed again with the lower half; the second is a mix of the
 * first, made odd. The mix is the last step of SplitMix64 (Steele, Lea and Flood, 2014). Both ends must agree on each
 * bit, since a difference would deny a member. Any change here therefore needs a new {@link #FORMAT}.
 *
 * <p>One thread fills the filter; afterwards any thread may read it.
 */
public final class BloomFilter {

    /** Names how ids become bits. A reader of another format cannot use the bits. */
    public static final String FORMAT = "bloom-10-7-splitmix64";

    private static final int BITS_PER_ID = 10;
    private static final int PLACES = 7;
    private static final int FEWEST_BYTES = 128;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final byte[] bits;

    private BloomFilter(byte[] bits) {
        this.bits = bits;
    }

    /** An empty filter for about this number of ids; with more of them it says "perhaps" more often. */
    public static BloomFilter forIds(long ids) {
        return new BloomFilter(new byte[Math.toIntExact(bytesFor(ids))]);
    }

    /** The size in bytes of a filter for this number of ids. */
    public static long bytesFor(long ids) {
        return Math.max(FEWEST_BYTES, (ids * BITS_PER_ID + Byte.SIZE - 1) / Byte.SIZE);
    }

    /** A filter from the bytes of another one, as {@link #toBytes} gives them. */
    public static BloomFilter ofBytes(byte[] bytes) {
        if (bytes.length < FEWEST_BYTES) throw new IllegalArgumentException("too short: " + bytes.length);
        return new BloomFilter(bytes.clone());
    }

    public byte[] toBytes() {
        return bits.clone();
    }

    public int bytes() {
        return bits.length;
    }

    public void add(UUID id) {
        var place = first(id);
        var step = mix(place + GOLDEN) | 1;
        for (int i = 0; i < PLACES; i++) {
            var bit = Long.remainderUnsigned(place, bits.length * 8L);
            bits[(int) (bit >>> 3)] |= (byte) (1 << (bit & 7));
            place += step;
        }
    }

    /** False if the id was certainly never added. */
    public boolean mayContain(UUID id) {
        var place = first(id);
        var step = mix(place + GOLDEN) | 1;
        for (int i = 0; i < PLACES; i++) {
            var bit = Long.remainderUnsigned(place, bits.length * 8L);
            if ((bits[(int) (bit >>> 3)] & (1 << (bit & 7))) == 0) return false;
            place += step;
        }
        return true;
    }

    private static long first(UUID id) {
        return mix(mix(id.getMostSignificantBits() + GOLDEN) ^ id.getLeastSignificantBits());
    }

    private static long mix(long value) {
        var mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

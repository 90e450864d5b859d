package com.flashsale.waitlist.ticket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.flashsale.waitlist.sale.CustomerId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Places in the lobby: rank by HMAC-SHA256(seed, customer). The seed's SHA-256 is public before the opening and the
 * seed itself after it, so every customer can recompute a place, and none could choose one.
 */
final class LobbyDraw {

    /** 48 bits: exact as a score in Redis, and always below an arrival time in microseconds. */
    private static final int UNUSED_BITS = 16;

    private LobbyDraw() {}

    /** The customer's place: the smaller the earlier. The message is the customer's id in lower case, as text. */
    static long place(byte[] seed, CustomerId customer) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(seed, "HmacSHA256"));
            var code = mac.doFinal(customer.value().toString().getBytes(US_ASCII));
            return ByteBuffer.wrap(code).getLong() >>> UNUSED_BITS;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }

    /** Whether the place was drawn; otherwise it is the time of the arrival in microseconds. */
    static boolean isDrawn(long place) {
        return place < 1L << (Long.SIZE - UNUSED_BITS);
    }

    static String commitment(byte[] seed) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(seed));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}

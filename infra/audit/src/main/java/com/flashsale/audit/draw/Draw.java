package com.flashsale.audit.draw;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The draw of the places in a lobby, written a second time without any code of the service. The seed's SHA-256 was
 * public before the opening, so the seed was fixed before a customer could know it. A customer's place follows from the
 * seed and the customer's id alone.
 */
record Draw(byte[] seed) {

    private static final int UNUSED_BITS = 16;

    static Draw ofHex(String seed) {
        return new Draw(HexFormat.of().parseHex(seed));
    }

    /** The value that was to be published before the opening. */
    String commitment() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(seed));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    /** The first 48 bits of HMAC-SHA256(seed, id as lower-case text): the smaller, the earlier. */
    long place(UUID customer) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(seed, "HmacSHA256"));
            var id = customer.toString().toLowerCase(Locale.ROOT);
            return ByteBuffer.wrap(mac.doFinal(id.getBytes(StandardCharsets.US_ASCII)))
                            .getLong()
                    >>> UNUSED_BITS;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every JDK has HmacSHA256", missing);
        }
    }
}

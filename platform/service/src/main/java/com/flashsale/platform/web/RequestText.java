package com.flashsale.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.Nullable;

/**
 * Text as requests carry it: percent-encoded UTF-8 (RFC 3986, section 2.1) that a database can store, so without NUL.
 */
final class RequestText {

    private RequestText() {}

    /** Whether a path or a query is well-formed; absent and empty ones are. */
    static boolean isWellFormed(@Nullable String encoded) {
        if (encoded == null || encoded.indexOf('%') < 0) return true;
        var bytes = ByteBuffer.allocate(encoded.length());
        for (int at = 0; at < encoded.length(); at++) {
            char next = encoded.charAt(at);
            if (next != '%') {
                // the server has refused characters beyond ASCII; of these only the place counts
                bytes.put((byte) (next & 0x7f));
                continue;
            }
            int value = octet(encoded, at + 1);
            if (value <= 0) return false;
            bytes.put((byte) value);
            at += 2;
        }
        return isUtf8(bytes.flip());
    }

    /**
     * Whether a decoded text can be encoded as UTF-8 and stored: it has no NUL and no surrogate without its partner.
     */
    static boolean isStorable(String text) {
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next == 0 || Character.isLowSurrogate(next)) return false;
            if (Character.isHighSurrogate(next)
                    && (++at == text.length() || !Character.isLowSurrogate(text.charAt(at)))) return false;
        }
        return true;
    }

    private static int octet(String encoded, int at) {
        if (at + 1 >= encoded.length()) return -1;
        int high = Character.digit(encoded.charAt(at), 16);
        int low = Character.digit(encoded.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        try {
            UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes);
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}

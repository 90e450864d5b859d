package com.flashsale.platform.fastpath;

import com.flashsale.platform.idempotency.IdempotencyKeys;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The form of request that the fast path understands: JSON of a declared length or nothing, no query, no header twice
 * that counts. All other forms go the usual way, which knows more of HTTP.
 */
final class PlainRequest {

    private static final String JSON = "application/json";

    private PlainRequest() {}

    /** @param bodyLimit bytes; 0 for a request that has no body */
    static boolean isPlain(HttpServletRequest request, long bodyLimit) {
        // a request without a body declares no length, and a GET seldom does
        var length = bodyLimit == 0 && request.getContentLengthLong() == -1 ? 0 : request.getContentLengthLong();
        return request.getQueryString() == null
                && length >= 0
                && length <= bodyLimit
                && request.getHeader("Transfer-Encoding") == null
                && (length == 0 ? isOneOf(request, "Content-Type", null, JSON) : isOneOf(request, "Content-Type", JSON))
                && isOneOf(request, "Accept", null, "*/*", JSON)
                && isVisible(request);
    }

    private static boolean isOneOf(HttpServletRequest request, String header, @Nullable String... values) {
        var sent = request.getHeaders(header);
        var first = sent.hasMoreElements() ? sent.nextElement() : null;
        if (sent.hasMoreElements()) return false;
        for (var value : values) {
            if (value == null ? first == null : value.equals(first)) return true;
        }
        return false;
    }

    /** One Idempotency-Key of visible ASCII, or none. */
    private static boolean isVisible(HttpServletRequest request) {
        var sent = request.getHeaders(IdempotencyKeys.HEADER);
        if (!sent.hasMoreElements()) return true;
        var key = sent.nextElement();
        return !sent.hasMoreElements() && key.chars().allMatch(c -> c >= 0x21 && c <= 0x7e);
    }
}

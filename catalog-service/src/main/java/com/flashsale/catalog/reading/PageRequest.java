package com.flashsale.catalog.reading;

import com.flashsale.catalog.operator.RequestValidator;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. Lists run from the newest id to the oldest. A row that is added meanwhile lies before the first
 * page and moves no other: no item is shown twice or left out.
 *
 * @param before only ids smaller than this
 */
public record PageRequest(UUID before, int limit) {

    public static final int DEFAULT_LIMIT = 20;

    private static final int LARGEST_PAGE = 100;
    private static final UUID NEWEST = new UUID(-1, -1);
    private static final int UUID_BYTES = 16;

    public static PageRequest of(@Nullable String cursor, int limit) {
        var validator = new RequestValidator();
        var size = size(limit, validator);
        var before = cursor == null ? NEWEST : parse(cursor, validator);
        validator.complete();
        return new PageRequest(before, size);
    }

    public static int size(int limit, RequestValidator validator) {
        return validator.whole("limit", limit, 1, LARGEST_PAGE);
    }

    /** Rows to read: one more than the page holds shows that a next page exists. */
    public int fetch() {
        return limit + 1;
    }

    public static String cursor(UUID last) {
        var bytes = ByteBuffer.allocate(UUID_BYTES)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static UUID parse(String cursor, RequestValidator validator) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == UUID_BYTES) return new UUID(bytes.getLong(), bytes.getLong());
        } catch (IllegalArgumentException notBase64) {
            // answered below, like a cursor of the wrong length
        }
        validator.refuse("cursor", "is not a cursor of this list");
        return NEWEST;
    }
}

package com.flashsale.catalog.sale;

import com.flashsale.catalog.operator.RequestValidator;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The place of a sale in the public list. Open and paused sales come first, then scheduled ones by opening time, then
 * sold-out ones, then ended ones. Among equals the newest comes first.
 *
 * @param at the moment by which the list is ordered. The cursor carries it, so that an opening or a closing between two
 *     pages moves no sale
 * @param rank of the sale's state
 * @param opens microseconds since 1970 when the sale is scheduled; otherwise 0
 * @param before only ids smaller than this follow within the same rank
 */
record SalePosition(Instant at, int rank, long opens, UUID before) {

    static final int ENDED = 3;

    private static final UUID NEWEST = new UUID(-1, -1);
    private static final int BYTES = 1 + Long.BYTES + Long.BYTES + Long.BYTES + Long.BYTES;
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    static SalePosition start(Instant now) {
        return new SalePosition(now.truncatedTo(ChronoUnit.MICROS), -1, 0, NEWEST);
    }

    /** The same order is spelt in SQL, see {@link Sales}. */
    static SalePosition of(SaleWithStock sale, Instant at) {
        var state = sale.stateAt(at);
        var opens = state == SaleState.SCHEDULED ? micros(sale.sale().terms().opensAt()) : 0;
        return new SalePosition(at, rank(state), opens, sale.id());
    }

    private static int rank(SaleState state) {
        return switch (state) {
            case OPEN, PAUSED -> 0;
            case SCHEDULED -> 1;
            case SOLD_OUT -> 2;
            case ENDED -> ENDED;
        };
    }

    /** The bound for ended sales: once the list has reached them, only smaller ids follow. */
    UUID endedBefore() {
        return rank == ENDED ? before : NEWEST;
    }

    String cursor() {
        var bytes = ByteBuffer.allocate(BYTES)
                .put((byte) rank)
                .putLong(micros(at))
                .putLong(opens)
                .putLong(before.getMostSignificantBits())
                .putLong(before.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static @Nullable SalePosition parse(@Nullable String cursor, RequestValidator validator) {
        if (cursor == null) return null;
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            if (bytes.remaining() == BYTES) {
                int rank = bytes.get();
                var at = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
                var position = new SalePosition(at, rank, bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
                if (position.isPossible()) return position;
            }
        } catch (IllegalArgumentException notBase64) {
            // refused below, like a cursor of the wrong length
        }
        validator.refuse("cursor", "is not a cursor of this list");
        return null;
    }

    private boolean isPossible() {
        return rank >= 0 && rank <= ENDED && at.isAfter(EARLIEST) && at.isBefore(LATEST);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}

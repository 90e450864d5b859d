package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.Draw;
import com.flashsale.waitlist.sale.KnownSale;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * The terms of a sale as the scripts read them. Times in milliseconds: which of them has come is for the clock of Redis
 * to say.
 */
final class Terms {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** Keys of a room outlive its sale by this much, for the last news of its orders. */
    private static final Duration KEPT_AFTER_END = Duration.ofHours(1);

    private Terms() {}

    /**
     * @param lobby how many customers may take part in a draw by lot; a lobby by arrival is as long as the line may be
     * @param admits whether customers get turns: the switch of the operators
     */
    static String of(KnownSale known, Duration grace, int lobby, boolean admits) {
        var sale = known.sale();
        return String.format(
                Locale.ROOT,
                """
                {"opensAt":%d,"endsAt":%d,"lobbyFrom":%d,"paused":%b,"admits":%b,"pausedMs":%d,"limit":%d,\
                "factorMillionths":%s,"crowd":%d,"allotted":%d,"rate":%d,"turnMs":%d,"admissionMs":%d,"graceMs":%d,\
                "keptUntil":%d,"version":%d,"lobby":%d}""",
                millis(sale.opensAt()),
                millis(sale.endsAt()),
                millis(sale.lobbyOpensAt()),
                sale.paused(),
                admits,
                sale.pausedMillis(),
                sale.purchaseLimit(),
                sale.admissionFactor().multiply(MILLION).setScale(0, RoundingMode.DOWN),
                sale.crowd(),
                known.stock().allotted(),
                sale.admissionsPerSecond(),
                sale.turn().toMillis(),
                sale.admission().toMillis(),
                grace.toMillis(),
                millis(sale.endsAt().plus(KEPT_AFTER_END)),
                sale.version(),
                sale.draw() == Draw.RANDOM ? Math.max(lobby, sale.crowd()) : 0);
    }

    private static long millis(Instant instant) {
        return instant.toEpochMilli();
    }
}

package com.flashsale.inventory.stock;

import static java.time.ZoneOffset.UTC;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Writes the facts of catalog-service about a sale: its units once, its terms whenever they are newer. */
@Repository
class Allotments {

    private final JdbcClient jdbc;

    Allotments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False when the sale has its units already. */
    boolean allot(SaleFacts sale, @Nullable String loadTest) {
        return jdbc.sql("""
                insert into stock (sale_id, allotted, reserved, sold, version,
                                   terms_version, purchase_limit, hold_millis, opens_at, closes_at, ended_at, load_test)
                values (:saleId, :allotted, 0, 0, 1,
                        :termsVersion, :purchaseLimit, :holdMillis, :opensAt, :closesAt, :endedAt, :loadTest)
                on conflict (sale_id) do nothing
                """).paramSource(Row.of(sale, loadTest)).update() == 1;
    }

    /** Keeps the newest terms, in any order of arrival. */
    void replaceTerms(SaleFacts sale) {
        jdbc.sql("""
                update stock
                   set terms_version = :termsVersion,
                       purchase_limit = :purchaseLimit,
                       hold_millis = :holdMillis,
                       opens_at = :opensAt,
                       closes_at = :closesAt,
                       ended_at = :endedAt
                 where sale_id = :saleId
                   and terms_version < :termsVersion
                """).paramSource(Row.of(sale, null)).update();
    }

    private record Row(
            UUID saleId,
            int allotted,
            long termsVersion,
            int purchaseLimit,
            long holdMillis,
            OffsetDateTime opensAt,
            OffsetDateTime closesAt,
            @Nullable OffsetDateTime endedAt,
            @Nullable String loadTest) {

        static Row of(SaleFacts sale, @Nullable String loadTest) {
            var endedAt = sale.endedAt();
            return new Row(
                    sale.saleId(),
                    sale.allotted(),
                    sale.version(),
                    sale.purchaseLimit(),
                    sale.holdDuration().toMillis(),
                    sale.opensAt().atOffset(UTC),
                    sale.closesAt().atOffset(UTC),
                    endedAt == null ? null : endedAt.atOffset(UTC),
                    loadTest);
        }
    }
}

package com.flashsale.payment.charge;

import com.flashsale.payment.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** SQL of charges. */
@Repository
class Charges {

    private final JdbcClient jdbc;

    Charges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** False if the key was used before; waits for a twin that is about to use it. */
    boolean insert(Charge charge) {
        var row = Row.of(charge);
        return jdbc.sql("""
                insert into charge (key, order_id, amount_minor, currency, payment_method, verdict, charged_at,
                                    load_test)
                values (:key, :orderId, :amountMinor, :currency, :paymentMethod, :verdict, :chargedAt, :loadTest)
                on conflict (key) do nothing
                """).paramSource(row).update() == 1;
    }

    Optional<Charge> find(String key) {
        return jdbc.sql("""
                select key, order_id, amount_minor, currency, payment_method, verdict, charged_at, refunded_at,
                       load_test
                  from charge
                 where key = :key
                """).param("key", key).query(Charges::read).optional();
    }

    /** The charge as refunded now; empty unless it was captured and not refunded yet. */
    Optional<Charge> refund(String key, Instant now) {
        return jdbc.sql("""
                update charge
                   set refunded_at = :now
                 where key = :key
                   and verdict = 'CAPTURED'
                   and refunded_at is null
                returning key, order_id, amount_minor, currency, payment_method, verdict, charged_at, refunded_at,
                          load_test
                """)
                .param("key", key)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query(Charges::read)
                .optional();
    }

    private static Charge read(ResultSet row, int number) throws SQLException {
        var order = new Charge.Order(
                row.getObject("order_id", UUID.class),
                Money.of(row.getLong("amount_minor"), row.getString("currency")),
                PaymentMethod.named(row.getString("payment_method")).orElseThrow());
        return new Charge(
                row.getString("key"),
                order,
                Verdict.valueOf(row.getString("verdict")),
                row.getObject("charged_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("refunded_at", OffsetDateTime.class)),
                row.getString("load_test"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    /** A charge flat, as the statement binds it. */
    private record Row(
            String key,
            UUID orderId,
            long amountMinor,
            String currency,
            String paymentMethod,
            String verdict,
            OffsetDateTime chargedAt,
            @Nullable String loadTest) {

        static Row of(Charge charge) {
            var order = charge.order();
            return new Row(
                    charge.key(),
                    order.id(),
                    order.amount().minorUnits(),
                    order.amount().currency().getCurrencyCode(),
                    order.method().wireName(),
                    charge.verdict().name(),
                    charge.chargedAt().atOffset(ZoneOffset.UTC),
                    charge.loadTest());
        }
    }
}

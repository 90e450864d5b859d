package com.flashsale.payment.ledger;

import com.flashsale.payment.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** SQL of the ledger: rows are only ever added, which the database enforces as well. */
@Repository
public class Ledger {

    private final JdbcClient jdbc;

    Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** MANDATORY: a movement recorded apart from its charge could outlive a charge that never happened. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void append(LedgerEntry entry) {
        jdbc.sql("""
                insert into ledger_entry (charge_key, order_id, kind, amount_minor, currency, at)
                values (:chargeKey, :orderId, :kind, :amountMinor, :currency, :at)
                """)
                .param("chargeKey", entry.chargeKey())
                .param("orderId", entry.orderId())
                .param("kind", entry.kind().name())
                .param("amountMinor", entry.amount().minorUnits())
                .param("currency", entry.amount().currency().getCurrencyCode())
                .param("at", entry.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** Newest first, below the id {@code before}: entries that arrive meanwhile do not move the pages. */
    List<LedgerEntry> list(@Nullable UUID orderId, long before, int limit) {
        return jdbc.sql("""
                select id, charge_key, order_id, kind, amount_minor, currency, at
                  from ledger_entry
                 where id < :before
                   and (cast(:orderId as uuid) is null or order_id = :orderId)
                 order by id desc
                 limit :limit
                """)
                .param("before", before)
                .param("orderId", orderId)
                .param("limit", limit)
                .query(Ledger::read)
                .list();
    }

    private static LedgerEntry read(ResultSet row, int number) throws SQLException {
        return new LedgerEntry(
                row.getLong("id"),
                row.getString("charge_key"),
                row.getObject("order_id", UUID.class),
                LedgerEntry.Kind.valueOf(row.getString("kind")),
                Money.of(row.getLong("amount_minor"), row.getString("currency")),
                row.getObject("at", OffsetDateTime.class).toInstant());
    }
}

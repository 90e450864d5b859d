package com.flashsale.waitlist.admission;

import com.flashsale.waitlist.sale.CustomerId;
import com.flashsale.waitlist.sale.SaleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How an admission lies in its row: two columns there are one type here. */
final class AdmissionRow {

    private AdmissionRow() {}

    static Admission read(ResultSet row, int position) throws SQLException {
        var entry = row.getObject("entry_id", UUID.class);
        return new Admission(
                row.getObject("id", UUID.class),
                new SaleId(row.getObject("sale_id", UUID.class)),
                new CustomerId(row.getObject("customer_id", UUID.class)),
                row.getInt("units"),
                entry == null ? new Admission.Turn(row.getLong("number")) : new Admission.Offer(entry),
                row.getTimestamp("issued_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                row.getTimestamp("lapses_at").toInstant(),
                row.getLong("paused_ms"));
    }

    static AdmissionChange readChange(ResultSet row, int position) throws SQLException {
        return new AdmissionChange(
                read(row, position), Admission.State.valueOf(row.getString("state")), row.getString("refused"));
    }

    static String source(Admission admission) {
        return switch (admission.source()) {
            case Admission.Turn _ -> "TURN";
            case Admission.Offer _ -> "OFFER";
        };
    }

    static @Nullable Long number(Admission admission) {
        return switch (admission.source()) {
            case Admission.Turn(var number) -> number;
            case Admission.Offer _ -> null;
        };
    }

    static @Nullable UUID entry(Admission admission) {
        return switch (admission.source()) {
            case Admission.Turn _ -> null;
            case Admission.Offer(var entry) -> entry;
        };
    }
}

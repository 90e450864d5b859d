package com.flashsale.order.payment;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A payment as it lies in its row. */
public final class PaymentTestAccess {

    private PaymentTestAccess() {}

    public static Payment find(JdbcClient jdbc, UUID id) {
        return jdbc.sql("select " + PaymentRow.COLUMNS + " from payment where id = ?")
                .param(id)
                .query(PaymentRow::read)
                .single();
    }
}

package com.flashsale.order.order;

import com.flashsale.order.order.Order.CancellationReason;
import com.flashsale.order.order.Order.RefusalReason;
import com.flashsale.order.order.OrderView.PaymentView;
import com.flashsale.order.sale.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order with its latest payment, as read in one statement.
 *
 * @param version grows with each change that the owner can see
 */
public record OrderSnapshot(Order order, @Nullable PaymentView payment, int version) {

    public UUID id() {
        return order.purchase().id();
    }

    public OrderView view() {
        return OrderView.of(order, payment);
    }

    static OrderSnapshot of(ResultSet row) throws SQLException {
        var paymentId = row.getObject("payment_id", UUID.class);
        return new OrderSnapshot(
                orderOf(row),
                paymentId == null ? null : new PaymentView(paymentId, shown(row.getString("payment_state"))),
                row.getInt("version"));
    }

    static Order orderOf(ResultSet row) throws SQLException {
        var purchase = purchaseOf(row);
        return switch (row.getString("state")) {
            case "PLACED" -> new Order.Placed(purchase);
            case "RESERVED" ->
                new Order.Reserved(purchase, row.getTimestamp("reserved_until").toInstant());
            case "PAID" -> new Order.Paid(purchase);
            case "REFUSED" -> new Order.Refused(purchase, RefusalReason.valueOf(row.getString("reason")));
            case "CANCELLED" -> new Order.Cancelled(purchase, CancellationReason.valueOf(row.getString("reason")));
            default -> throw new IllegalStateException("order " + purchase.id() + " is in no known state");
        };
    }

    public static Purchase purchaseOf(ResultSet row) throws SQLException {
        return new Purchase(
                row.getObject("id", UUID.class),
                row.getObject("sale_id", UUID.class),
                row.getObject("customer_id", UUID.class),
                row.getObject("admission_id", UUID.class),
                row.getInt("quantity"),
                new Money(row.getLong("total_minor"), row.getString("currency")),
                row.getTimestamp("placed_at").toInstant());
    }

    /**
     * The owner knows fewer states than we do: a refund that is still on its way is money captured, an abandoned charge
     * one that failed.
     */
    private static String shown(String paymentState) {
        return switch (paymentState) {
            case "REFUND_DUE" -> "CAPTURED";
            case "ABANDONED" -> "DECLINED";
            default -> paymentState;
        };
    }
}

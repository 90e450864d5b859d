package com.flashsale.load.raw;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The order transaction of a shop that was never crowded: it locks the product's row, checks whether a unit is left,
 * and writes the order and the new stock. It sells nothing twice, and all orders wait for the one row.
 */
final class NaiveOrder {

    private final Connection connection;
    private final PreparedStatement observation;
    private final PreparedStatement insert;
    private final PreparedStatement take;

    NaiveOrder(Connection connection) throws SQLException {
        this.connection = connection;
        this.observation = connection.prepareStatement("select allotted - reserved from stock where id = 1 for update");
        this.insert = connection.prepareStatement(
                "insert into orders (id, sale_id, customer_id, quantity, placed_at) values (?, ?, ?, 1, now())");
        this.take = connection.prepareStatement("update stock set reserved = reserved + 1 where id = 1");
    }

    boolean place() throws SQLException {
        try (var left = observation.executeQuery()) {
            if (!left.next() || left.getInt(1) < 1) {
                connection.rollback();
                return false;
            }
        }
        for (int i = 1; i <= 3; i++) insert.setObject(i, Ids.next());
        insert.executeUpdate();
        take.executeUpdate();
        connection.commit();
        return true;
    }
}

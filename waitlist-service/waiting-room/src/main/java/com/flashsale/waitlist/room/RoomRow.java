package com.flashsale.waitlist.room;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The row of a room in PostgreSQL, which outlives Redis.
 *
 * @param epoch of the room in Redis; 0 if there was none yet
 * @param ceiling no number above it was ever given out
 * @param phase even: selling by numbers; odd: sold out
 */
record RoomRow(long epoch, long ceiling, long phase, byte[] seed) {

    static RoomRow read(ResultSet row, int position) throws SQLException {
        return new RoomRow(
                row.getLong("epoch"), row.getLong("issued_ceiling"), row.getLong("phase"), row.getBytes("seed"));
    }
}

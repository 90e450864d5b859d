package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.KnownSale;
import org.springframework.stereotype.Component;

/**
 * The three copies of a room: its row in PostgreSQL, the row as this replica remembers it, and the room in Redis, with
 * the joins that share a call there.
 */
@Component
class RoomStore {

    private final Rooms rooms;
    private final RoomRowCache rowCache;
    private final RedisRooms redis;
    private final SharedJoins joins;

    RoomStore(Rooms rooms, RoomRowCache rowCache, RedisRooms redis, SharedJoins joins) {
        this.rooms = rooms;
        this.rowCache = rowCache;
        this.redis = redis;
        this.joins = joins;
    }

    Rooms rooms() {
        return rooms;
    }

    RoomRowCache rowCache() {
        return rowCache;
    }

    RedisRooms redis() {
        return redis;
    }

    SharedJoins joins() {
        return joins;
    }

    /** Raises the ceiling in PostgreSQL and commits it; then Redis may go on. */
    void raiseCeiling(KnownSale sale, long reached, int range) {
        var row = rooms.raiseCeiling(sale.id(), reached, range);
        rowCache.learn(sale.id(), row);
        redis.change(sale, new RoomChanges().ceiling(row.ceiling()));
    }
}

package com.flashsale.waitlist.waitingroom;

import com.flashsale.waitlist.sale.SaleForgotten;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/** Runs scripts: each is one atomic change of one room, in one round trip. Any trouble with Redis means that the room is unavailable. */
@Component
class RoomRedis {

    private static final List<String> PARTS =
            List.of("room", "numbers", "promises", "units", "claims", "turns", "lobby", "late", "spent");

    private final StringRedisTemplate redis;
    private final Counter failures;
    private final ConcurrentHashMap<SaleId, List<String>> keys = new ConcurrentHashMap<>();

    RoomRedis(StringRedisTemplate redis, MeterRegistry meters) {
        this.redis = redis;
        this.failures = Counter.builder("waiting.room.redis.failures").register(meters);
    }

    /** @param arguments begin with the epoch and the terms, see {@code room.lua} */
    @SuppressWarnings("unchecked")
    Reply run(RoomScript script, SaleId sale, List<String> arguments) {
        try {
            var reply = redis.execute(script.script(), keysOf(sale), arguments.toArray());
            if (reply == null) throw WaitingRoomUnavailable.away("no reply of " + script, null);
            return new Reply((List<Object>) reply);
        } catch (DataAccessException failure) {
            failures.increment();
            throw WaitingRoomUnavailable.away(
                    script + ": " + failure.getMostSpecificCause().getMessage(), failure);
        }
    }

    @EventListener
    void forget(SaleForgotten forgotten) {
        keys.remove(forgotten.sale());
    }

    private List<String> keysOf(SaleId sale) {
        return keys.computeIfAbsent(
                sale,
                id -> PARTS.stream()
                        .map(part -> "wr:{" + id.value() + "}:" + part)
                        .toList());
    }
}

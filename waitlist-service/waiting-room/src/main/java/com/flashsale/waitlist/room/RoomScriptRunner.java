package com.flashsale.waitlist.room;

import com.flashsale.waitlist.sale.Sale;
import com.flashsale.waitlist.sale.SaleId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * Runs scripts: each is one atomic change of one room, in one round trip. Any failure of Redis makes the room
 * unavailable.
 */
@Component
class RoomScriptRunner {

    private static final List<String> PARTS =
            List.of("room", "numbers", "promises", "units", "claims", "turns", "lobby", "late", "spent", "missed");

    /** A page of a scan, during which Redis serves no other request. */
    private static final ScanOptions PAGE =
            ScanOptions.scanOptions().count(1_000).build();

    private final StringRedisTemplate redis;
    private final Counter failures;
    private final ConcurrentHashMap<SaleId, List<String>> keys = new ConcurrentHashMap<>();

    RoomScriptRunner(StringRedisTemplate redis, MeterRegistry meters) {
        this.redis = redis;
        this.failures = Counter.builder("waiting.room.redis.failures").register(meters);
    }

    /**
     * @param epoch of the room that the caller knows
     * @param terms of the sale, see {@link Terms}
     */
    Reply run(SaleId sale, long epoch, String terms, ScriptArguments arguments) {
        var script = arguments.script();
        try {
            var reply = redis.execute(script.script(), keysOf(sale), Long.toString(epoch), terms, arguments.toJson());
            if (reply == null) throw WaitingRoomUnavailable.away("no reply of " + script, null);
            return Reply.of(epoch, reply);
        } catch (DataAccessException failure) {
            throw away(script, failure);
        }
    }

    /**
     * Visits every customer with a number or a place in the lobby, perhaps twice, page by page. The lobby comes first:
     * a customer who is given a number meanwhile is met at the numbers, which never lose a customer.
     */
    void forEachCustomer(SaleId sale, Consumer<String> visit) {
        try (var lobby = redis.opsForZSet().scan(keyOf(sale, "lobby"), PAGE)) {
            while (lobby.hasNext()) visit.accept(String.valueOf(lobby.next().getValue()));
        } catch (DataAccessException failure) {
            throw away("scan of the lobby", failure);
        }
        try (var numbers = redis.opsForHash().scan(keyOf(sale, "numbers"), PAGE)) {
            while (numbers.hasNext()) visit.accept(String.valueOf(numbers.next().getKey()));
        } catch (DataAccessException failure) {
            throw away("scan of the numbers", failure);
        }
    }

    private WaitingRoomUnavailable away(Object what, DataAccessException failure) {
        failures.increment();
        return WaitingRoomUnavailable.away(
                what + ": " + failure.getMostSpecificCause().getMessage(), failure);
    }

    @EventListener
    void evict(Sale.Evicted evicted) {
        keys.remove(evicted.sale());
    }

    private String keyOf(SaleId sale, String part) {
        return keysOf(sale).get(PARTS.indexOf(part));
    }

    private List<String> keysOf(SaleId sale) {
        return keys.computeIfAbsent(
                sale,
                id -> PARTS.stream()
                        .map(part -> "wr:{" + id.value() + "}:" + part)
                        .toList());
    }
}

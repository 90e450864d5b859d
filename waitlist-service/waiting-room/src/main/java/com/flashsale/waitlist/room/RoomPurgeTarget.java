package com.flashsale.waitlist.room;

import com.flashsale.platform.loadtest.PurgeTarget;
import com.flashsale.waitlist.sale.LoadTestSales;
import com.flashsale.waitlist.sale.SaleId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The rooms of a load test in Redis. The purge looks at all keys, in portions: a room is real if PostgreSQL knows its
 * sale and the sale is not of the load test. So it also finds a room that a replica built while the sale was being
 * removed, now or in the next purge.
 */
@Component
class RoomPurgeTarget implements PurgeTarget {

    private static final Pattern KEY = Pattern.compile("wr:\\{([0-9a-f-]{36})}:.*");
    private static final int PORTION = 1_000;

    private final StringRedisTemplate redis;
    private final LoadTestSales loadTestSales;

    RoomPurgeTarget(StringRedisTemplate redis, LoadTestSales loadTestSales) {
        this.redis = redis;
        this.loadTestSales = loadTestSales;
    }

    @Override
    public String name() {
        return "keys of Redis";
    }

    @Override
    public long remove(String run) {
        var keys = keysOf(run);
        for (int from = 0; from < keys.size(); from += PORTION) {
            redis.unlink(keys.subList(from, Math.min(keys.size(), from + PORTION)));
        }
        return keys.size();
    }

    @Override
    public long left(String run) {
        return keysOf(run).size();
    }

    /** Reads Redis first: a sale that is announced meanwhile then is among the real ones. */
    private List<String> keysOf(String run) {
        var keys = new ArrayList<String>();
        var all = ScanOptions.scanOptions().match("wr:{*").count(PORTION).build();
        try (var found = redis.scan(all)) {
            found.forEachRemaining(keys::add);
        }
        var real = loadTestSales.others(run);
        return keys.stream()
                .distinct()
                .filter(key -> {
                    var named = KEY.matcher(key);
                    return named.matches() && !real.contains(new SaleId(UUID.fromString(named.group(1))));
                })
                .toList();
    }
}

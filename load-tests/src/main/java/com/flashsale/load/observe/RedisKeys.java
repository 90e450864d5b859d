package com.flashsale.load.observe;

import com.flashsale.load.platform.Target;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Keys in Redis that would stay for ever: each is a leak in the making. */
final class RedisKeys implements AutoCloseable {

    private static final Pattern KEYSPACE = Pattern.compile("db\\d+:keys=(\\d+),expires=(\\d+)");

    private final RedisClient client;
    private final StatefulRedisConnection<String, String> connection;

    private RedisKeys(RedisURI server) {
        client = RedisClient.create(server);
        connection = client.connect();
    }

    /** Empty where the platform does not say where its Redis is. */
    static Optional<RedisKeys> of(Target target) {
        return RedisServer.of(target).map(RedisKeys::new);
    }

    long withoutEnd() {
        long count = 0;
        var databases = KEYSPACE.matcher(connection.sync().info("keyspace"));
        while (databases.find()) count += Long.parseLong(databases.group(1)) - Long.parseLong(databases.group(2));
        return count;
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    }
}

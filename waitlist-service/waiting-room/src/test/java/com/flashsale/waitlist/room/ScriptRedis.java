package com.flashsale.waitlist.room;

import com.flashsale.platform.test.TestEngines;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** A real Redis without a service: the scripts need no more. It ends with this JVM, like the engine. */
final class ScriptRedis {

    static final StringRedisTemplate TEMPLATE = template();

    private ScriptRedis() {}

    private static StringRedisTemplate template() {
        var engine = TestEngines.redis();
        var address = new RedisStandaloneConfiguration(engine.host(), engine.port());
        address.setPassword(engine.password());
        var connections = new LettuceConnectionFactory(address);
        connections.afterPropertiesSet();
        return new StringRedisTemplate(connections);
    }
}

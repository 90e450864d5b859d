package com.flashsale.waitlist.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/** The scripts of {@code lua/}; all begin with {@code room.lua} and {@code pace.lua}. */
enum RoomScript {
    JOIN,
    PEEK,
    CLAIM,
    TICK,
    CHANGE,
    HOLDERS,
    DRAW,
    REBUILD;

    /**
     * With a first line of this kind Redis checks its memory before a script runs, never in the middle of one. Scripts
     * that make room or keep promises run in a full Redis too; only {@code JOIN} is refused, since it adds customers.
     */
    private static final String ONLY_WITH_MEMORY = "#!lua\n";

    private static final String ALWAYS = "#!lua flags=allow-oom\n";

    // Spring Data takes the class of the result, which has no type arguments; its script is as good as constant
    @SuppressWarnings({"rawtypes", "ImmutableEnumChecker"})
    private final RedisScript<List> script = new DefaultRedisScript<>(text(name()), List.class);

    @SuppressWarnings("rawtypes")
    RedisScript<List> script() {
        return script;
    }

    private static String text(String script) {
        var head = script.equals("JOIN") ? ONLY_WITH_MEMORY : ALWAYS;
        return head + read("room") + read("pace") + read(script.toLowerCase(Locale.ROOT));
    }

    private static String read(String name) {
        try {
            return new ClassPathResource("lua/" + name + ".lua").getContentAsString(UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}

package com.flashsale.waitlist.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.DefaultRedisScript;

/** The rule of {@code pace.lua}, in the engine that runs it. */
class PaceIT {

    private static final String EACH_WINDOW = """
            local kept, shown = {}, {}
            for i = 1, #ARGV do
                kept = next_pace(kept, tonumber(ARGV[i]))
                shown[i] = tostring(math.floor(kept.shown))
            end
            return shown
            """;

    @Test
    void the_first_window_is_believed() {
        assertThat(shown(120)).containsExactly(120);
    }

    @Test
    void it_rises_at_once() {
        assertThat(shown(100, 500)).containsExactly(100, 200);
    }

    @Test
    void one_slow_window_changes_nothing() {
        assertThat(shown(100, 0, 500)).containsExactly(100, 100, 181);
    }

    @Test
    void it_falls_when_two_windows_agree_and_no_further_than_the_faster_one_says() {
        assertThat(shown(100, 0, 0)).containsExactly(100, 100, 75);
        assertThat(shown(100, 0, 0, 0)).containsExactly(100, 100, 75, 56);
    }

    @Test
    void a_fall_follows_two_slower_windows_and_never_one() {
        var random = new Random(3);
        var windows = random.ints(1_000, 0, 600).toArray();
        var shown = shown(windows);

        var falls = 0;
        for (int i = 1; i < shown.size(); i++) {
            if (shown.get(i) >= shown.get(i - 1)) continue;
            falls++;
            assertThat(i).isGreaterThan(1);
            assertThat(shown.get(i - 1)).as("window %d", i).isLessThanOrEqualTo(shown.get(i - 2));
        }
        assertThat(falls).isPositive();
    }

    private List<Integer> shown(int... windows) {
        @SuppressWarnings("unchecked")
        List<Object> answer = ScriptRedis.TEMPLATE.execute(
                new DefaultRedisScript<>(pace() + EACH_WINDOW, List.class),
                List.of(),
                Stream.of(windows)
                        .flatMapToInt(java.util.Arrays::stream)
                        .mapToObj(Integer::toString)
                        .toArray());
        var shown = new ArrayList<Integer>();
        answer.forEach(each -> shown.add(Integer.valueOf(each.toString())));
        return shown;
    }

    private static String pace() {
        try {
            return new ClassPathResource("lua/pace.lua").getContentAsString(UTF_8);
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }
}

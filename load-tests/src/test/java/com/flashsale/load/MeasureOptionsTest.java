package com.flashsale.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.load.limit.LimitFinder;
import com.flashsale.load.limit.LimitTarget;
import com.flashsale.load.scenario.ScenarioOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class MeasureOptionsTest {

    private static final Path LOG = Path.of("gateway.log");

    private static MeasureOptions parsed(String... arguments) {
        var command = new MeasureCommand(System.out);
        Main.commandLine(command).parseArgs(arguments);
        return command.options();
    }

    @Test
    void a_value_comes_after_an_equals_sign_or_as_the_next_word() {
        assertThat(parsed("--rate=20", "steady", "--for", "5m", "--quick").given())
                .isEqualTo(Map.of("rate", "20", "for", "5m", "quick", "true"));
    }

    @Test
    void a_setting_that_only_a_search_knows_is_set_by_name() {
        var options = parsed("limit", "--set", "hold=15s", "--set=runs=2", "--set", "no-warm-up=true");

        assertThat(options.given()).isEqualTo(Map.of("hold", "15s", "runs", "2", "no-warm-up", "true"));
        assertThat(options.search().hold()).isEqualTo(Duration.ofSeconds(15));
        assertThat(options.search().runs()).isEqualTo(2);
        assertThat(options.noWarmUp).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--visitor=20", "--set=speedy=1", "--rate", "--set", "--rate=fast", "--visitors=many"})
    void an_unknown_option_and_an_option_without_its_value_are_refused(String argument) {
        assertThatExceptionOfType(ParameterException.class).isThrownBy(() -> parsed(argument));
    }

    @ParameterizedTest
    @CsvSource({"90, 90", "90s, 90", "5m, 300", "1h, 3600"})
    void a_time_has_a_unit_or_is_in_seconds(String text, long seconds) {
        assertThat(parsed("--for", text).length).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5s", "5d", "PT5S", ""})
    void another_text_is_no_time(String text) {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> parsed("--for=" + text))
                .withMessageContaining("--for")
                .withMessageContaining("must be a time such as 90s, 5m or 1h");
    }

    @Test
    void a_story_is_told_what_was_given() {
        var options = parsed(
                "--rate", "7.5", "--times=3", "--for=30s", "--visitors", "40", "--speed=2", "--log", "old.log", "sine");

        assertThat(options.options(LOG))
                .isEqualTo(new ScenarioOptions(7.5, 3, Duration.ofSeconds(30), 40, 2, Path.of("old.log")));
        assertThat(parsed("sine").options(LOG)).isEqualTo(new ScenarioOptions(0, 0, Duration.ZERO, 0, 1, LOG));
    }

    @Test
    void a_search_is_full_or_quick_but_for_what_was_given() {
        assertThat(parsed("limit").search()).isEqualTo(LimitFinder.Settings.FULL);
        assertThat(parsed("limit", "--quick").search()).isEqualTo(LimitFinder.Settings.QUICK);
        assertThat(parsed("limit", "--quick", "--hold=20s", "--runs=2", "--precision=0.1")
                        .search())
                .isEqualTo(
                        new LimitFinder.Settings(Duration.ofSeconds(20), 2, 0.1, LimitFinder.Settings.QUICK.pause()));
    }

    @Test
    void a_search_is_for_all_operations_or_for_one_from_a_given_rate() {
        assertThat(parsed("limit").targets()).isEqualTo(LimitTarget.all());
        assertThat(parsed("limit", "--only", "join").targets()).containsExactly(LimitTarget.named("join"));
        assertThat(parsed("limit", "--only", "newcomers").targets())
                .extracting(target -> target.workload().label())
                .containsExactly("newcomers");
        assertThat(parsed("limit", "--only=join", "--start=33").targets())
                .containsExactly(LimitTarget.named("join").startingAt(33));
    }
}

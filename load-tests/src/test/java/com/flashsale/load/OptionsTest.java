package com.flashsale.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void a_value_comes_after_an_equals_sign_or_as_the_next_word() {
        assertThat(Options.of(List.of("--rate=20", "--for", "5m", "--quick", "here")))
                .isEqualTo(new Options(Map.of("rate", "20", "for", "5m", "quick", "true"), List.of("here")));
    }

    @Test
    void a_setting_that_only_a_search_knows_is_set_by_name() {
        assertThat(Options.of(List.of("--set", "hold=15s", "--set=runs=2")).named())
                .isEqualTo(Map.of("hold", "15s", "runs", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--visitor=20", "--set=speedy=1", "--rate", "--set"})
    void an_unknown_option_and_an_option_without_a_value_are_refused(String argument) {
        assertThatIllegalArgumentException().isThrownBy(() -> Options.of(List.of(argument)));
    }

    @Test
    void a_result_that_is_not_named_is_asked_for() {
        var options = Options.of(List.of("before"));

        assertThat(options.path(0)).isEqualTo(Path.of("before"));
        assertThatIllegalArgumentException().isThrownBy(() -> options.path(1));
    }
}

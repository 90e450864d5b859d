package com.flashsale.local.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlatformConsoleTest {

    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);

    @Test
    void a_terminal_draws_what_is_shown_again_in_its_place() {
        var console = new LiveConsole(out, false);

        console.show("1 s", List.of("line 5", "units 3"));
        console.show("2 s", List.of("line 4", "units 2"));

        assertThat(written.toString())
                .containsSubsequence("line 5", "units 3", "\u001b[2A\u001b[J", "line 4", "units 2");
    }

    @Test
    void a_sentence_scrolls_by_above_the_drawing() {
        var console = new LiveConsole(out, false);

        console.show("1 s", List.of("line 5"));
        console.say("audit", "green");

        assertThat(written.toString()).containsSubsequence("line 5", "\u001b[1A\u001b[J", "green", "line 5");
    }

    @Test
    void without_a_terminal_what_is_shown_is_one_line() {
        new PlainConsole(out).show("1 s", List.of("line 5", "units 3"));

        assertThat(written.toString().lines()).singleElement().asString().contains("1 s", "line 5", "units 3");
    }

    @Test
    void for_scripts_it_is_one_object() {
        new JsonConsole(out).show("1 s", List.of("line 5", "units 3"));

        assertThat(written.toString().strip()).startsWith("{").endsWith("}").contains("line 5; units 3");
    }
}

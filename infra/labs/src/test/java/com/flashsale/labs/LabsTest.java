package com.flashsale.labs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.labs.scratch.Patch;
import com.flashsale.labs.scratch.ScratchCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The labs of this repository. */
class LabsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    static Stream<Lab> labs() throws IOException {
        return Labs.of(ROOT).all().stream();
    }

    @Test
    void twelve_labs_are_numbered_without_a_gap() throws IOException {
        assertThat(labs().map(Lab::number))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void a_lab_names_an_invariant_and_tests_that_exist(Lab lab) throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/reliability.md")))
                .containsPattern("\\| " + lab.invariant() + "[ ,]");
        assertThat(Stream.concat(lab.play().stream(), lab.also().stream())).allSatisfy(test -> {
            var parts = test.split("#");
            var source =
                    ROOT.resolve(lab.tests()).resolve("src/test/java").resolve(parts[0].replace('.', '/') + ".java");
            assertThat(source).exists();
            if (parts.length > 1) assertThat(source).content().contains("void " + parts[1] + "()");
        });
    }

    @ParameterizedTest
    @MethodSource("labs")
    void a_page_tells_the_story_the_meaning_and_the_place(Lab lab) throws IOException {
        var page = LabPage.of(lab);

        assertThat(page.section("Story")).hasSizeBetween(3, 12);
        assertThat(page.section("Meaning")).isNotEmpty();
        assertThat(page.section("Where to look")).isNotEmpty();
        assertThat(page.section("Hints")).isNotEmpty();
        assertThat(Files.readString(lab.page())).startsWith("# Lab " + lab.number() + ": " + lab.title());
    }

    @ParameterizedTest
    @MethodSource("labs")
    void a_patch_applies_to_the_sources_of_today_and_changes_them(Lab lab, @TempDir Path copies) throws Exception {
        var copy = new ScratchCopy(ROOT, copies, lab);

        copy.create(new Patch());

        assertThat(copy.state()).isEqualTo(ScratchCopy.State.BROKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "13", "-1", "one", ""})
    void another_number_is_a_wrong_usage(String number) throws IOException {
        var labs = Labs.of(ROOT);

        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> labs.find(number))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void outside_a_clone_there_are_no_labs(@TempDir Path elsewhere) {
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> Labs.of(elsewhere))
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.PREREQUISITE));
    }
}

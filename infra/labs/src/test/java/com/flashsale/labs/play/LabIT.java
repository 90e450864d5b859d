package com.flashsale.labs.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.client.ExitCode;
import com.flashsale.client.ToolException;
import com.flashsale.labs.Labs;
import com.flashsale.labs.scratch.Patch;
import com.flashsale.labs.scratch.ScratchCopy.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labs of a tiny clone, with the real git, javac and JUnit. */
class LabIT {

    private static final String LOCAL_CHANGE = "// a change that is not committed\n";

    @TempDir
    Path directory;

    private final StringWriter output = new StringWriter();
    private final PrintWriter out = new PrintWriter(output, true);
    private TinyClone clone;

    @BeforeEach
    void clone_with_one_lab() throws IOException {
        clone = TinyClone.in(directory);
    }

    private PlayLab play() {
        return new PlayLab(clone.root(), clone.copies(), new Patch());
    }

    private int played() throws Exception {
        return play().play(clone.lab(1), out);
    }

    private int checked() throws Exception {
        return new JudgeFix(clone.root(), clone.copies()).check(clone.lab(1), out);
    }

    private State state() throws IOException {
        return play().state(clone.lab(1));
    }

    @Test
    void without_its_guard_the_promise_breaks_and_the_working_tree_is_as_before() throws Exception {
        var before = Files.readString(clone.till());

        assertThat(played()).isEqualTo(ExitCode.OK);

        assertThat(output.toString())
                .contains("VIOLATED", "I1", "one_unit_is_sold_once()", "[units left]", "expected: 0", "but was: -1")
                .contains("Two customers want one unit.", "It was sold twice.", "./flashsale lab 1 check");
        assertThat(Files.readString(clone.till())).isEqualTo(before).contains(TinyClone.GUARD);
        assertThat(clone.copy()).content().doesNotContain(TinyClone.GUARD);
        assertThat(state()).isEqualTo(State.BROKEN);
    }

    @Test
    void a_local_change_is_part_of_the_copy_and_stays_where_it_is() throws Exception {
        Files.writeString(clone.till(), Files.readString(clone.till()) + LOCAL_CHANGE);

        assertThat(played()).isEqualTo(ExitCode.OK);

        assertThat(clone.till()).content().contains(LOCAL_CHANGE, TinyClone.GUARD);
        assertThat(clone.copy()).content().contains(LOCAL_CHANGE);
    }

    @Test
    void a_patch_that_does_not_apply_is_told_with_its_lab_and_leaves_no_copy() throws Exception {
        Files.writeString(clone.till(), Files.readString(clone.till()).replace("units < 1", "units <= 0"));

        assertThatExceptionOfType(ToolException.class).isThrownBy(this::played).satisfies(failed -> {
            assertThat(failed.exitCode()).isEqualTo(ExitCode.START_FAILED);
            assertThat(failed.text())
                    .contains("Lab 1, The lab 01-guard", "does not apply", "Till.java", "make the patch again");
        });
        assertThat(clone.copies().resolve("01")).doesNotExist();
    }

    @Test
    void without_git_a_lab_names_it_as_missing() {
        var withoutGit = new PlayLab(clone.root(), clone.copies(), new Patch("no-such-git"));

        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(() -> withoutGit.play(clone.lab(1), out))
                .satisfies(failed -> {
                    assertThat(failed.exitCode()).isEqualTo(ExitCode.PREREQUISITE);
                    assertThat(failed.text()).contains("git was not found");
                });
    }

    @Test
    void a_promise_that_holds_without_the_guard_is_unexpected() throws Exception {
        clone.lab(
                "01-guard",
                TinyClone.PATCH
                        .replace(
                                "-        if (units < 1) return false;",
                                "-        if (units < 1) return false;\n+        if (units == 0) return false;")
                        .replace("+6,6", "+6,7"));

        assertThat(played()).isEqualTo(ExitCode.START_FAILED);
        assertThat(output.toString()).contains("UNEXPECTED", "lab 1, The lab 01-guard");
    }

    @Test
    void a_copy_without_a_fix_is_not_fixed() throws Exception {
        played();

        assertThat(checked()).isEqualTo(ExitCode.INVARIANT);
        assertThat(output.toString()).contains("NOT FIXED", "the_second_customer_hears_no()");
    }

    @Test
    void a_copy_that_does_not_compile_is_not_fixed() throws Exception {
        played();
        edit("units--;", "units--");

        assertThat(checked()).isEqualTo(ExitCode.INVARIANT);
        assertThat(output.toString()).contains("does not compile", "';' expected");
    }

    @Test
    void another_guard_than_the_removed_one_is_a_fix_as_well() throws Exception {
        played();
        edit("units--;", "if (units == 0) return false; else units--;");
        assertThat(state()).isEqualTo(State.EDITED);

        assertThat(checked()).isEqualTo(ExitCode.OK);
        assertThat(output.toString()).contains("FIXED", "I1 holds again");
        assertThat(state()).isEqualTo(State.FIXED);
    }

    @Test
    void a_fix_cannot_bring_a_test_of_its_own() throws Exception {
        played();
        TinyClone.write(clone.copy().resolveSibling("TillTest.java"), "package shop; class TillTest {}");

        assertThat(checked()).isEqualTo(ExitCode.INVARIANT);
        assertThat(output.toString()).contains("one_unit_is_sold_once()");
    }

    @Test
    void an_edited_copy_is_never_overwritten_and_a_reset_deletes_it() throws Exception {
        played();
        edit("units--;", "units -= 1;");

        assertThatExceptionOfType(ToolException.class).isThrownBy(this::played).satisfies(refused -> {
            assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(refused.text()).contains("has your changes", "lab 1 check", "lab 1 reset");
        });
        assertThat(clone.copy()).content().contains("units -= 1;");

        play().reset(clone.lab(1));
        assertThat(state()).isEqualTo(State.NEW);
    }

    @Test
    void an_edited_copy_of_older_sources_is_not_judged() throws Exception {
        played();
        edit("units--;", "units -= 1;");
        Files.writeString(clone.till(), Files.readString(clone.till()) + LOCAL_CHANGE);

        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(this::checked)
                .satisfies(refused -> assertThat(refused.text()).contains("has changed since", "lab 1 reset"));
    }

    @Test
    void a_check_needs_a_copy() {
        assertThatExceptionOfType(ToolException.class)
                .isThrownBy(this::checked)
                .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void all_labs_are_played_both_ways_and_a_bad_one_is_named() throws Exception {
        clone.lab("02-gone", TinyClone.PATCH.replace("units = 1", "units = 7"));
        var all = new PlayAllLabs(clone.root(), clone.copies().resolve("all"), new Patch(), out);
        var labs = Labs.of(clone.root()).all();

        assertThat(all.play(labs, 2)).isEqualTo(ExitCode.START_FAILED);
        assertThat(output.toString())
                .containsPattern("OK +1 +The lab 01-guard +breaks I1, and holds with the guard back")
                .containsPattern("FAILS +2 +The lab 02-gone")
                .contains("Lab 2, The lab 02-gone: its patch does not apply");
        assertThat(all.play(labs.subList(0, 1), 0)).isEqualTo(ExitCode.OK);
    }

    private void edit(String text, String instead) throws IOException {
        var before = Files.readString(clone.copy());
        assertThat(before).contains(text);
        Files.writeString(clone.copy(), before.replace(text, instead));
    }
}

package com.flashsale.prose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProseTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Whoever comes first gets the unit.",
                "The unit goes to whoever comes first.",
                "The queue is short. What waits is lost.",
                "- Who waits is told.",
                "So many people wait."
            })
    void a_clause_without_a_noun_is_found_in_markdown(String text) throws IOException {
        assertThat(findings("page.md", text)).singleElement().asString().startsWith("page.md:1: name the subject");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The customer who comes first gets the unit.",
                "What does the relay delete?",
                "The log prints `nobody waits`.",
                "```\nwhoever\n```",
                "A customer knows what they have bought."
            })
    void plain_sentences_questions_and_code_are_fine(String text) throws IOException {
        assertThat(findings("page.md", text)).isEmpty();
    }

    @Test
    void a_sentence_has_25_words_over_all_its_lines() throws IOException {
        var fine = "The relay reads one row,\n".repeat(5).strip();

        assertThat(findings("page.md", fine + ".")).isEmpty();
        assertThat(findings("page.md", "# A heading\n" + fine + ".")).isEmpty();
        assertThat(findings("page.md", fine + " twice."))
                .singleElement()
                .asString()
                .contains("26 words, at most 25");
    }

    @Test
    void a_line_is_wrapped_at_100_characters_and_the_address_of_a_link_does_not_count() throws IOException {
        Files.writeString(root.resolve("a-rather-long-name-of-a-page-that-exists-beside-this-one.md"), "# Page\n");
        var link = "[page](a-rather-long-name-of-a-page-that-exists-beside-this-one.md)";

        assertThat(findings("page.md", "x".repeat(90) + " " + link)).isEmpty();
        assertThat(findings("page.md", "| " + "x ".repeat(60) + "|")).isEmpty();
        assertThat(findings("page.md", "x".repeat(101))).hasSize(1);
    }

    @Test
    void a_link_leads_to_a_file_and_to_a_heading() throws IOException {
        Files.writeString(root.resolve("other.md"), "# The `audit`, twice\n\n## Again\n\n## Again\n");

        assertThat(findings(
                        "page.md",
                        "[a](other.md#the-audit-twice) [b](other.md#again-1) [c](other.md) [d](https://example.org/x)\n"
                                + "\n# Here\n\n[e](#here)"))
                .isEmpty();
        assertThat(findings("page.md", "[a](missing.md)\n[b](other.md#missing)\n[c](#missing)\n\n[d]: gone.md"))
                .extracting(Finding::line)
                .containsExactly(1, 2, 3, 5);
    }

    @Test
    void comments_of_each_language_are_read_and_literals_are_not() throws IOException {
        assertThat(findings("A.java", """
                /**
                 * Whoever waits is told.
                 */
                class A {
                    String s = "// whoever"; // nobody waits
                    String t = \"""
                        say "so many" // whoever
                        \""";
                }
                """)).extracting(Finding::line).containsExactly(2, 5);
        assertThat(findings("a.yaml", "a: whoever\n# whoever\n"))
                .extracting(Finding::line)
                .containsExactly(2);
        assertThat(findings("a.sql", "-- nobody waits\nselect 'whoever'\n"))
                .extracting(Finding::line)
                .containsExactly(1);
        assertThat(findings("a.js", "const a = 'http://whoever';\n// whoever\n"))
                .extracting(Finding::line)
                .containsExactly(2);
    }

    @Test
    void names_of_tests_are_sentences_too() throws IOException {
        var source = "class A {\n    void whoever_waits_is_told() {}\n    void a_customer_who_waits_is_told() {}\n}\n";

        assertThat(findings("src/test/java/A.java", source))
                .extracting(Finding::line)
                .containsExactly(2);
    }

    @Test
    void a_file_may_have_the_findings_it_had_and_no_more() throws IOException {
        Files.createDirectories(root.resolve("infra/prose"));
        Files.writeString(root.resolve("infra/prose/known.txt"), "1 page.md\n");
        Files.writeString(root.resolve("page.md"), "Nobody waits.\n");
        assertThat(check(false)).isEmpty();

        Files.writeString(root.resolve("page.md"), "Nobody waits.\n\nNobody pays.\n");
        assertThat(check(false)).contains("page.md: 2 findings, 1 were there before", "page.md:3: ");
    }

    @Test
    void an_update_lowers_the_counts_and_never_raises_them() throws IOException {
        Files.createDirectories(root.resolve("infra/prose"));
        var known = root.resolve("infra/prose/known.txt");
        Files.writeString(known, "3 a.md\n1 b.md\n1 c.md\n");
        Files.writeString(root.resolve("a.md"), "Nobody waits.\n");
        Files.writeString(root.resolve("b.md"), "Nobody waits.\n\nNobody pays.\n");
        Files.writeString(root.resolve("c.md"), "The customer waits.\n");

        check(true);

        assertThat(known).hasContent("1 a.md\n1 b.md\n");
    }

    private List<Finding> findings(String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return new Rules(root).check(path);
    }

    private String check(boolean update) throws IOException {
        var out = new ByteArrayOutputStream();
        var fine = Prose.run(root, Known.read(root), update, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(fine).isEqualTo(out.size() == 0);
        return out.toString(StandardCharsets.UTF_8);
    }
}

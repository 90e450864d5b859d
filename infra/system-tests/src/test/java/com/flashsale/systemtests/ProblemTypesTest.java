package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A problem type has one status and one title in all services: the title does not change from occurrence to occurrence
 * (RFC 9457, section 3.1.3). Services share no domain code, so the test compares their sources.
 */
class ProblemTypesTest {

    private static final Pattern CONSTRUCTOR = Pattern.compile("new ProblemType\\(");
    private static final Pattern DEFINITION =
            Pattern.compile("new ProblemType\\(\\s*\"([a-z0-9-]+)\",\\s*(\\d{3}),\\s*\"([^\"]*)\"\\)");
    private static final int DEPTH_OF_MODULES = 3;

    private record Definition(String type, int status, String title) {}

    @Test
    void all_services_agree_on_status_and_title_of_each_problem_type() throws IOException {
        var definitions = new ArrayList<Definition>();
        for (var source : sources()) {
            var text = Files.readString(source);
            var found = definitionsIn(text);
            assertThat(found)
                    .as("definitions that this test can read in %s", source)
                    .hasSize((int) CONSTRUCTOR.matcher(text).results().count());
            definitions.addAll(found);
        }

        var types = new HashSet<String>();
        definitions.forEach(definition -> types.add(definition.type()));
        assertThat(definitions).as("some types have two senders").hasSizeGreaterThan(types.size());
        assertThat(disputed(definitions)).isEmpty();
    }

    @Test
    void two_titles_of_one_type_are_seen() {
        var definitions = definitionsIn("""
                new ProblemType("sale-ended", 410, "The sale has ended.");
                new ProblemType(
                        "sale-ended", 410, "The sale is over.");
                new ProblemType("sold-out", 409, "All units are taken.");
                """);

        assertThat(disputed(definitions)).containsExactly("sale-ended");
    }

    private static List<Definition> definitionsIn(String source) {
        return DEFINITION
                .matcher(source)
                .results()
                .map(match -> new Definition(match.group(1), Integer.parseInt(match.group(2)), match.group(3)))
                .toList();
    }

    /** Types with more than one status or title. */
    private static Set<String> disputed(List<Definition> definitions) {
        var first = new HashMap<String, Definition>();
        var disputed = new HashSet<String>();
        for (var definition : definitions) {
            var other = first.putIfAbsent(definition.type(), definition);
            if (other != null && !other.equals(definition)) disputed.add(definition.type());
        }
        return disputed;
    }

    private static List<Path> sources() throws IOException {
        List<Path> modules;
        try (var poms = Files.find(FlashsaleCommand.ROOT, DEPTH_OF_MODULES, (file, _) -> file.endsWith("pom.xml"))) {
            modules = poms.map(pom -> pom.resolveSibling("src/main/java"))
                    .filter(Files::isDirectory)
                    .toList();
        }
        var sources = new ArrayList<Path>();
        for (var module : modules) {
            try (var files = Files.find(
                    module, Integer.MAX_VALUE, (file, _) -> file.toString().endsWith(".java"))) {
                sources.addAll(files.toList());
            }
        }
        return sources;
    }
}

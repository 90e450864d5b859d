package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.ParameterException;

/** Each command of the README and of docs is one that the command line understands; it is parsed, not executed. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern FENCE = Pattern.compile("^\\s*```");
    private static final Pattern LINE = Pattern.compile("^\\s*(?:\\$ )?\\./flashsale (.*)");
    private static final Pattern CODE = Pattern.compile("`\\./flashsale ([^`]+)`");

    /** The script runs Maven for these. */
    private static final Set<String> OF_THE_SCRIPT = Set.of("check", "test", "stages");

    record Documented(String place, List<String> arguments) {

        @Override
        public String toString() {
            return place + " " + String.join(" ", arguments);
        }
    }

    static Stream<Documented> commands() throws IOException {
        try (var pages = Files.walk(ROOT.resolve("docs"))) {
            var all = Stream.concat(
                            Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
            var found = new ArrayList<Documented>();
            for (var page : all) found.addAll(commandsOf(page));
            return found.stream();
        }
    }

    private static List<Documented> commandsOf(Path page) throws IOException {
        var found = new ArrayList<Documented>();
        var fenced = false;
        int number = 0;
        for (var line : Files.readAllLines(page)) {
            number++;
            var place = ROOT.relativize(page) + ":" + number;
            if (FENCE.matcher(line).find()) fenced = !fenced;
            else if (fenced) LINE.matcher(line).results().forEach(one -> found.add(documented(place, one.group(1))));
            else CODE.matcher(line).results().forEach(one -> found.add(documented(place, one.group(1))));
        }
        return found;
    }

    /** Without the comment, the brackets around what may be left out, and the words of the shell. */
    private static Documented documented(String place, String text) {
        var arguments = Arrays.stream(text.replaceFirst("\\s#.*", "")
                        .replaceAll("[\\[\\]]", "")
                        .strip()
                        .split("\\s+"))
                .takeWhile(word -> !word.startsWith("&") && !word.equals("|") && !word.startsWith(">"))
                .filter(word -> !word.equals("\\"))
                .toList();
        return new Documented(place, arguments);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_documented_command_exists_with_its_options(Documented command) throws IOException {
        var first = command.arguments().getFirst();
        if (OF_THE_SCRIPT.contains(first)) {
            assertThat(ROOT.resolve("flashsale")).content().contains("    " + first + ")\n");
            return;
        }
        if (command.arguments().size() == 1) {
            // a sentence may name a command without its arguments
            assertThat(FlashSale.commandLine().getSubcommands()).containsKey(first);
            return;
        }
        var parsed = FlashSale.commandLine().parseArgs(command.arguments().toArray(String[]::new));
        assertThat(parsed.hasSubcommand()).as(command.place()).isTrue();
    }

    @Test
    void the_documents_have_commands_and_a_wrong_one_would_be_found() throws IOException {
        assertThat(commands().map(command -> command.arguments().getFirst()))
                .contains("up", "demo", "audit", "explain", "lab", "load", "test");
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> FlashSale.commandLine().parseArgs("audit", "--wacth", "60"));
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> FlashSale.commandLine().parseArgs("lab", "1", "chekc"));
    }
}

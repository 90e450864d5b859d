package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shell scripts of the repository under ShellCheck, and their line ends under Git. */
class ScriptsTest {

    @Test
    void shellcheck_finds_no_fault() {
        var scripts = scripts();
        assertThat(scripts)
                .contains("flashsale", ".ci/run", "k8s/pin", "infra/images/publish", "infra/compose/credentials");
        assumeThat(Overlays.onPath("shellcheck"))
                .as("shellcheck is not on the PATH")
                .isPresent();

        var command = new ArrayList<>(List.of("shellcheck", "--severity=warning", "--external-sources"));
        command.addAll(scripts);

        assertThat(Overlays.run(command)).isEmpty();
    }

    /** A clone on Windows has CRLF unless told otherwise, and a container's shell rejects it. */
    @Test
    void every_text_has_line_feeds_in_every_clone() {
        var attributes = ImageVersions.sources().get(".gitattributes");

        assertThat(attributes).contains("\n* text=auto eol=lf\n").doesNotContain("eol=crlf");
        assertThat(ImageVersions.sources())
                .allSatisfy((_, text) -> assertThat(text).doesNotContain("\r\n"));
    }

    /** The files with the first line of a shell. */
    private static List<String> scripts() {
        return ImageVersions.sources().entrySet().stream()
                .filter(source -> source.getValue().matches("(?s)#!(/usr)?/bin/(env )?(ba)?sh\\n.*"))
                .map(Map.Entry::getKey)
                .toList();
    }
}

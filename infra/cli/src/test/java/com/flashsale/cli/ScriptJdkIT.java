package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A start of a JVM only to ask for its version takes a quarter of a second, and each command would pay for some. */
class ScriptJdkIT extends ScriptClone {

    @BeforeEach
    void all_is_built() throws IOException {
        pretendThatAllIsBuilt();
    }

    /** A JDK that names its version in a file, as all of them do since 9, and counts how often it is asked. */
    private Path released(String name, String version) throws IOException {
        var home = jdk(jdks.resolve(name), version);
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"" + version + "\"\n");
        var java = home.resolve("bin/java");
        var counting = "#!/bin/sh\n[ \"$1\" != -version ] || echo asked >>'" + home.resolve("asked") + "'\n";
        Files.writeString(java, counting + Files.readString(java));
        return home;
    }

    private static int asked(Path home) throws IOException {
        var file = home.resolve("asked");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private String status() throws IOException, InterruptedException {
        return run(Map.of(), "status").output();
    }

    @Test
    void a_jdk_that_calls_itself_too_old_is_not_started() throws Exception {
        var old = released("a-17", "17.0.15");
        var ancient = released("b-8", "1.8.0_482");
        released("c-25", "25.0.3");

        assertThat(status()).contains("ran 25.0.3");
        assertThat(asked(old)).isZero();
        assertThat(asked(ancient)).isZero();
    }

    @Test
    void the_jdk_of_the_last_command_is_not_asked_again() throws Exception {
        var found = released("jdk-25", "25.0.3");

        assertThat(status()).contains("ran 25.0.3");
        assertThat(status()).contains("ran 25.0.3");
        assertThat(run(Map.of("JAVA_HOME", found.toString()), "status").output())
                .contains("ran 25.0.3");
        assertThat(asked(found)).isEqualTo(1);
    }

    @Test
    void a_jdk_that_was_replaced_is_asked_again() throws Exception {
        var found = released("jdk", "25.0.3");
        assertThat(status()).contains("ran 25.0.3");

        Files.setLastModifiedTime(
                found.resolve("bin/java"), FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(status()).contains("ran 25.0.3");
        assertThat(asked(found)).isEqualTo(2);

        released("jdk", "17.0.15");
        var ended = run(Map.of(), "status");
        assertThat(ended.code()).as(ended.output()).isEqualTo(3);
    }

    @Test
    void a_jdk_that_names_its_version_and_does_not_run_is_passed_over() throws Exception {
        var broken = released("a-25", "25.0.1");
        Files.writeString(broken.resolve("bin/java"), "#!/bin/sh\necho 'cannot execute' >&2\nexit 126\n");
        released("b-25", "25.0.3");

        assertThat(status()).contains("ran 25.0.3");
        assertThat(status()).contains("ran 25.0.3");
    }
}

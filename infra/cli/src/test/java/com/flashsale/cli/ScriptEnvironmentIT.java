package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The environment of the caller changes neither the start nor the output of the script. */
class ScriptEnvironmentIT extends ScriptClone {

    @Test
    void options_for_all_jvms_change_neither_what_is_found_nor_what_is_printed() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        pretendThatAllIsBuilt();
        var plain = run(Map.of(), "token", "ada@demo.example");

        for (var variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
            for (var value : List.of("-Dx=y", "-Dx=\"version \\\"17\"", "-javaagent:/no/such.jar")) {
                assertThat(run(Map.of(variable, value), "token", "ada@demo.example"))
                        .as("%s=%s", variable, value)
                        .isEqualTo(plain);
            }
        }
        assertThat(plain.code()).isZero();
        assertThat(plain.output()).endsWith(" [token] [ada@demo.example]");
    }

    @Test
    void a_version_is_found_behind_other_lines_of_a_jvm() throws Exception {
        var jdk = jdk(jdks.resolve("jdk"), "25.0.3");
        pretendThatAllIsBuilt();
        var java = jdk.resolve("bin/java");
        Files.writeString(
                java,
                Files.readString(java)
                        .replace("then echo", "then echo 'warning: the JVM has something to say' >&2; echo"));

        assertThat(run(Map.of(), "status").output()).contains("ran 25.0.3");
    }

    @Test
    void settings_of_the_callers_shell_do_not_change_what_the_script_does() throws Exception {
        var jdk = jdk(jdks.resolve("jdk"), "25.0.3");
        maven("echo \"mvn $* on $JAVA_HOME with ${MAVEN_OPTS:-}\"; exit 7");
        var plain = run(Map.of(), "test", "-pl", "gateway");
        var elsewhere = Files.createDirectories(directory.resolve("elsewhere").resolve("a clone"));
        var settings = List.of(
                Map.of("CDPATH", elsewhere.getParent() + ":" + directory),
                Map.of("GREP_OPTIONS", "--color=always -v"),
                Map.of("IFS", "/ts"),
                Map.of("POSIXLY_CORRECT", "1"),
                Map.of("SHELLOPTS", "noclobber:noglob"),
                Map.of("LC_ALL", "ar_EG.UTF-8", "LANG", "tr_TR.UTF-8", "LANGUAGE", "de"),
                Map.of("ENV", "/no/such", "BASH_ENV", "/no/such"),
                Map.of("JAVA_HOME", jdk.toString()));

        for (var setting : settings) {
            assertThat(run(setting, "test", "-pl", "gateway")).as("%s", setting).isEqualTo(plain);
        }
        assertThat(plain.code()).isEqualTo(7);
        assertThat(run(Map.of("MAVEN_OPTS", "-Xmx1g"), "test").output()).contains("with -Xmx1g");
    }

    @Test
    void a_link_from_elsewhere_starts_the_clone_that_it_points_to() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        pretendThatAllIsBuilt();
        var bin = Files.createDirectories(directory.resolve("my bin"));
        var link = Files.createSymbolicLink(bin.resolve("shop"), Path.of("..", "a clone", "flashsale"));

        var ended = run(link, Map.of("CDPATH", "/"), "status");

        assertThat(ended.output()).contains("[status]");
        assertThat(clone.resolve(".run")).isDirectory();
        assertThat(bin.resolve(".run")).doesNotExist();
    }

    @Test
    void the_command_runs_in_a_locale_with_plain_digits_and_unicode_names() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        pretendThatAllIsBuilt();

        assertThat(run(Map.of("LC_ALL", "ar_EG.UTF-8"), "status").output()).contains("in C.UTF-8");
    }
}

package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script in a clone of its own, with an empty environment, tools that are known, and JDKs and a Maven made of
 * shell.
 */
class FlashsaleScriptIT {

    /** All that the script may use beside the shell. No java, no mvn. */
    private static final List<String> TOOLS = List.of(
            "sh",
            "env",
            "cat",
            "cksum",
            "cp",
            "cut",
            "dirname",
            "find",
            "getent",
            "grep",
            "head",
            "id",
            "mkdir",
            "mv",
            "printf",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tail",
            "tr",
            "uname",
            "wc",
            "touch");

    private static final List<String> MODULES = List.of(
            "discovery",
            "gateway",
            "auth-service",
            "catalog-service",
            "inventory-service",
            "order-service",
            "waitlist-service",
            "infra/payment-simulator",
            "infra/cli");

    @TempDir
    Path directory;

    private Path clone;
    private Path tools;
    private Path jdks;

    record Ended(int code, String output) {}

    @BeforeEach
    void make_a_clone_and_a_machine_without_java() throws IOException {
        clone = Files.createDirectories(directory.resolve("a clone"));
        tools = Files.createDirectories(directory.resolve("tools"));
        jdks = Files.createDirectories(directory.resolve("jdks"));
        Files.copy(Path.of("..", "..", "flashsale"), clone.resolve("flashsale"));
        executable(clone.resolve("flashsale"));
        Files.writeString(clone.resolve("pom.xml"), "<project/>");
        for (var tool : TOOLS) {
            for (var place : List.of("/bin", "/usr/bin")) {
                var program = Path.of(place, tool);
                if (Files.isExecutable(program) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), program);
                }
            }
        }
    }

    @Test
    void without_a_jdk_it_says_what_to_install_and_ends_with_3() throws Exception {
        var ended = run(Map.of(), "up");

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.output()).contains("No JDK 25").contains("JAVA_HOME").contains("sdk install java");
    }

    @Test
    void a_java_home_that_is_too_old_is_not_enough() throws Exception {
        var old = jdk(directory.resolve("old"), "17.0.15");

        assertThat(run(Map.of("JAVA_HOME", old.toString()), "up").code()).isEqualTo(3);
    }

    @Test
    void a_java_without_a_compiler_is_not_enough() throws Exception {
        var jre = jdk(jdks.resolve("jre"), "25.0.3");
        Files.delete(jre.resolve("bin/javac"));

        assertThat(run(Map.of(), "status").code()).isEqualTo(3);
    }

    @Test
    void a_jdk_in_a_usual_place_is_found_and_runs_the_command_with_the_arguments_as_they_are() throws Exception {
        jdk(jdks.resolve("temurin-17"), "17.0.15");
        jdk(jdks.resolve("temurin-25"), "25.0.3");
        pretendThatAllIsBuilt();

        var ended = run(Map.of(), "logs", "order service", "-n", "5");

        assertThat(ended.code()).isZero();
        assertThat(ended.output())
                .contains("ran 25.0.3")
                .contains("[com.flashsale.cli.Main] [logs] [order service] [-n] [5]");
    }

    @Test
    void a_jdk_25_is_preferred_to_a_newer_one_and_a_newer_one_is_better_than_none() throws Exception {
        jdk(jdks.resolve("a-26"), "26.0.1");
        pretendThatAllIsBuilt();
        assertThat(run(Map.of(), "status").output()).contains("ran 26.0.1");

        jdk(jdks.resolve("b-25"), "25");
        assertThat(run(Map.of(), "status").output()).contains("ran 25");
    }

    @Test
    void a_missing_build_is_made_first_and_a_fresh_build_is_not_made_again() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        maven("""
                echo "mvn $*" >>"%s"
                for module in %s; do
                    mkdir -p $module/target
                    echo jar >$module/target/${module##*/}.jar
                done
                mkdir -p infra/cli/target/lib
                echo jar >infra/cli/target/lib/engines-1.jar
                """.formatted(directory.resolve("mvn.calls"), String.join(" ", MODULES)));

        var first = run(Map.of(), "up");
        var second = run(Map.of(), "up");

        assertThat(first.code()).isZero();
        assertThat(first.output()).contains("build").contains("[up]");
        assertThat(second.output()).doesNotContain("build").contains("[up]");
        assertThat(Files.readAllLines(directory.resolve("mvn.calls"))).hasSize(1);
    }

    @Test
    void a_question_for_help_builds_the_command_line_alone() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        maven("""
                echo "mvn $*" >>"%s"
                mkdir -p infra/cli/target/lib
                echo jar >infra/cli/target/cli.jar
                echo jar >infra/cli/target/lib/engines-1.jar
                """.formatted(directory.resolve("mvn.calls")));

        assertThat(run(Map.of(), "crowd", "--help").output()).contains("[crowd]");
        assertThat(Files.readString(directory.resolve("mvn.calls")))
                .contains("infra/cli")
                .doesNotContain("order-service");
    }

    @Test
    void a_failing_build_shows_the_end_of_its_log_and_ends_with_4() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        maven("echo '[ERROR] Broken.java:[1,1] it is broken'; exit 1");

        var ended = run(Map.of(), "demo");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.output()).contains("it is broken").contains(".run/build.log");
    }

    @Test
    void without_maven_it_says_so_only_when_there_is_something_to_build() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");

        var ended = run(Map.of("MVN", "/nowhere/mvn"), "up");
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.output()).contains("Maven was not found");

        pretendThatAllIsBuilt();
        assertThat(run(Map.of(), "status").code()).isZero();
    }

    @Test
    void test_is_mavens_verify_with_the_right_jdk_and_its_exit_code() throws Exception {
        var jdk = jdk(jdks.resolve("jdk"), "25.0.3");
        maven("echo \"mvn $* on $JAVA_HOME\"; exit 7");

        var ended = run(Map.of(), "test", "-pl", "gateway");

        assertThat(ended.code()).isEqualTo(7);
        assertThat(ended.output()).contains("verify -pl gateway on " + jdk);
    }

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

    private Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        var java = home.resolve("bin/java");
        Files.writeString(java, """
                #!/bin/sh
                for options in "${JAVA_TOOL_OPTIONS:-}" "${JDK_JAVA_OPTIONS:-}" "${_JAVA_OPTIONS:-}"; do
                    case $options in *javaagent*) echo 'Error opening zip file' >&2; exit 1 ;; esac
                    [ -z "$options" ] || echo "Picked up JAVA_OPTIONS: $options" >&2
                done
                if [ "$1" = -version ]; then echo 'openjdk version "%1$s" 2026-09-15' >&2; exit 0; fi
                printf 'ran %1$s in %%s:' "${LC_ALL:-}"
                while [ "$#" -gt 0 ] && [ "$1" != com.flashsale.cli.Main ]; do shift; done
                printf ' [%%s]' "$@"
                """.formatted(version));
        Files.writeString(home.resolve("bin/javac"), "#!/bin/sh\n");
        executable(java);
        executable(home.resolve("bin/javac"));
        return home;
    }

    private void maven(String script) throws IOException {
        Files.writeString(tools.resolve("mvn"), "#!/bin/sh\n" + script);
        executable(tools.resolve("mvn"));
    }

    private void pretendThatAllIsBuilt() throws IOException {
        for (var module : MODULES) {
            var target = Files.createDirectories(clone.resolve(module).resolve("target"));
            Files.writeString(target.resolve(Path.of(module).getFileName() + ".jar"), "jar");
        }
        Files.createDirectories(clone.resolve("infra/cli/target/lib"));
        Files.writeString(clone.resolve("infra/cli/target/lib/engines-1.jar"), "jar");
    }

    /** From another directory, with nothing in the environment but the tools' place and where to look for JDKs. */
    private Ended run(Map<String, String> more, String... arguments) throws IOException, InterruptedException {
        return run(clone.resolve("flashsale"), more, arguments);
    }

    private Ended run(Path script, Map<String, String> more, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        var output = directory.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(new TreeMap<>(Map.of("PATH", tools.toString(), "FLASHSALE_JDKS", jdks.toString())));
        builder.environment().putAll(more);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(output));
        } finally {
            process.destroyForcibly();
        }
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

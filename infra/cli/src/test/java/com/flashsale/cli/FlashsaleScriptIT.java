package com.flashsale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script finds a JDK and a Maven, builds the missing modules and starts the command line. */
class FlashsaleScriptIT extends ScriptClone {

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

    @ParameterizedTest
    @ValueSource(strings = {"order-service", "waitlist-service/waiting-room", "platform/base", "load-tests/customers"})
    void a_changed_module_makes_a_build(String module) throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        maven("true");
        pretendThatAllIsBuilt();
        var source = Files.createDirectories(clone.resolve(module).resolve("src/main/java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        Files.createFile(Files.createDirectories(clone.resolve(".run")).resolve("build.stamp"));
        assertThat(run(Map.of(), "up").output()).doesNotContain("build");

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(run(Map.of(), "up").output()).contains("build");
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
    void a_lab_builds_its_tests_once_and_a_list_of_labs_builds_nothing() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        var calls = directory.resolve("mvn.calls");
        maven("""
                echo "mvn $*" >>"%s"
                for module in inventory-service order-service waitlist-service waitlist-service/waiting-room \\
                    platform/base platform/service platform/proof platform/test infra/engines; do
                    mkdir -p $module/target
                    echo path >$module/target/lab.classpath
                done
                """.formatted(calls));
        pretendThatAllIsBuilt();

        assertThat(run(Map.of(), "lab").output()).contains("[lab]");
        assertThat(run(Map.of(), "lab", "1", "reset").output()).contains("[lab] [1] [reset]");
        assertThat(calls).doesNotExist();

        assertThat(run(Map.of(), "lab", "1").output()).contains("build").contains("[lab] [1]");
        assertThat(run(Map.of(), "lab", "1", "check").output()).doesNotContain("build");
        assertThat(Files.readAllLines(calls)).singleElement().asString().contains("test-compile", "platform/proof");
    }

    @Test
    void a_seed_is_checked_before_its_tests_are_built() throws Exception {
        jdk(jdks.resolve("jdk"), "25.0.3");
        maven("exit 1");
        pretendThatAllIsBuilt();

        var ended = run(Map.of(), "simulate", "--seed", "7");
        assertThat(ended.output().indexOf("[--only-check]"))
                .isBetween(0, ended.output().indexOf("build"));
        assertThat(ended.code()).isEqualTo(4);
        assertThat(run(Map.of(), "simulate", "--help").output()).doesNotContain("--only-check", "build");
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
}

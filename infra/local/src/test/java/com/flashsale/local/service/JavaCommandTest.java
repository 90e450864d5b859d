package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.topology.Services;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaCommandTest {

    @Test
    void quick_compiles_once_in_the_heap_of_the_table_and_keeps_few_new_objects() {
        assertThat(command(Jvm.quick)).contains("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xmn16m");
    }

    @Test
    void steady_has_both_compilers_and_twice_the_heap() {
        assertThat(command(Jvm.steady))
                .contains("-Xmx512m")
                .noneMatch(option -> option.startsWith("-XX:TieredStopAtLevel") || option.startsWith("-Xmn"));
    }

    private static List<String> command(Jvm jvm) {
        var orders = Services.named("order-service").orElseThrow();
        return JavaCommand.of(
                orders, new App(Path.of("app.jar")), Path.of("tmp"), new RunMode(jvm, RunMode.Recording.NONE, null));
    }
}

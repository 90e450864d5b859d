package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Freezes, thaws and kills, by process id. */
final class Processes {

    private Processes() {}

    static void signal(String name, long... pids) {
        var command = new ArrayList<>(List.of("kill", "-" + name));
        for (var pid : pids) command.add(Long.toString(pid));
        try {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

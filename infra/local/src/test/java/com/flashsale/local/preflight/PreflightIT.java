package com.flashsale.local.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.client.ToolException;
import com.flashsale.client.topology.Ports;
import com.flashsale.client.topology.Replicas;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightIT {

    @TempDir
    Path directory;

    @Test
    void a_taken_port_is_named_with_the_process_that_holds_it() throws IOException {
        int base = com.flashsale.engines.Ports.free();
        try (var intruder = new ServerSocket()) {
            intruder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), base + 5));

            assertThatExceptionOfType(ToolException.class)
                    .isThrownBy(() -> new Preflight(new Home(directory))
                            .require(new Ports(base), Replicas.parse("").instances()))
                    .satisfies(refusal -> {
                        assertThat(refusal.exitCode()).isEqualTo(ExitCode.PREREQUISITE);
                        assertThat(refusal.text())
                                .contains("port " + (base + 5))
                                .contains("process " + ProcessHandle.current().pid())
                                .contains("--port-base");
                    });
        }
    }
}

package com.flashsale.launcher.service;

import com.flashsale.launcher.topology.ServiceSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a service's JVM is run. */
final class JavaCommand {

    private static final List<String> ALWAYS = List.of(
            "-XX:+UseSerialGC",
            "-Xss512k",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-Dspring.main.register-shutdown-hook=true");

    private JavaCommand() {}

    static List<String> of(ServiceSpec service, App app, Path temporary, Jvm jvm, @Nullable Tracing tracing) {
        var agent = tracing != null && tracing.covers(service) ? tracing.jvmOptions(service) : List.<String>of();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + (jvm.heapMb(service.heapMb()) + (agent.isEmpty() ? 0 : Tracing.HEAP_MB)) + "m");
        command.addAll(jvm.flags());
        command.addAll(ALWAYS);
        command.addAll(agent);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-jar");
        command.add(app.jar().toString());
        return List.copyOf(command);
    }
}

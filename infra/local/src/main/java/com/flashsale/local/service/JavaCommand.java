package com.flashsale.local.service;

import com.flashsale.client.topology.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

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

    static List<String> of(ServiceSpec service, App app, Path temporary, RunMode mode) {
        var tracing = mode.tracing();
        if (tracing != null && tracing.covers(service)) {
            // an agent may change any class: the JVM would take none from a cache
            int heapMb = mode.jvm().heapMb(service.heapMb()) + Tracing.HEAP_MB;
            return command(app, temporary, heapMb, mode.jvm(), tracing.jvmOptions(service));
        }
        var cache = new TrainedCache(app, mode.jvm());
        return command(service, app, temporary, mode.jvm(), cache.options(mode.recording()));
    }

    /** Eight hexadecimal digits that differ where the virtual machine or its flags differ. */
    static String fingerprint(Jvm jvm) {
        var sum = new CRC32();
        var parts = List.of(
                System.getProperty("java.vm.version"), System.getProperty("os.arch"), jvm.flags() + "", ALWAYS + "");
        sum.update(String.join(" ", parts).getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }

    /** True when a service that is run so writes a recording at its end. */
    static boolean records(ServiceSpec service, App app, RunMode mode) {
        var tracing = mode.tracing();
        return (tracing == null || !tracing.covers(service))
                && new TrainedCache(app, mode.jvm()).isRecorded(mode.recording());
    }

    /** Turns what a training run has recorded into the cache, by the flags with which the cache is used. */
    static List<String> creating(ServiceSpec service, App app, Path temporary, Jvm jvm) {
        return command(service, app, temporary, jvm, new TrainedCache(app, jvm).create());
    }

    private static List<String> command(ServiceSpec service, App app, Path temporary, Jvm jvm, List<String> more) {
        return command(app, temporary, jvm.heapMb(service.heapMb()), jvm, more);
    }

    private static List<String> command(App app, Path temporary, int heapMb, Jvm jvm, List<String> more) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMb + "m");
        command.addAll(jvm.flags());
        command.addAll(ALWAYS);
        command.addAll(more);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-jar");
        command.add(app.jar().toString());
        return List.copyOf(command);
    }
}

package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Home;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A service that says hello and ends, built and unpacked as a real one, and run in a real virtual machine. */
record HelloService(Path directory, Home home, App app) {

    static final ServiceSpec SPEC = Services.DISCOVERY_SERVER;

    /** Its program. */
    static final class Hello {
        public static void main(String[] arguments) {
            IO.println("hello");
        }
    }

    static HelloService build(Path directory) throws IOException {
        var home = new Home(directory);
        var jar = home.jar(SPEC.module());
        Files.createDirectories(jar.getParent());
        writeJar(jar);
        return new HelloService(directory, home, Release.built(SPEC, home).app());
    }

    /** Returns the exit code. */
    int run(RunMode mode, String... more) throws Exception {
        var command = new ArrayList<>(JavaCommand.of(SPEC, app, directory, mode));
        command.addAll(1, List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue() == 0).as(said).isEqualTo(said.contains("hello"));
        return process.exitValue();
    }

    private static void writeJar(Path file) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), Hello.class.getName());
        var type = Hello.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(file), manifest);
                var bytes = Hello.class.getClassLoader().getResourceAsStream(type)) {
            out.putNextEntry(new ZipEntry("BOOT-INF/classpath.idx"));
            out.putNextEntry(new ZipEntry("BOOT-INF/classes/" + type));
            bytes.transferTo(out);
        }
    }
}

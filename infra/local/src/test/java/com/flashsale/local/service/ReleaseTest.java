package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Home;
import com.flashsale.client.topology.ServiceSpec;
import com.flashsale.client.topology.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseTest {

    private static final ServiceSpec ORDERS = Services.named("order-service").orElseThrow();

    @TempDir
    Path directory;

    private Home home;

    @BeforeEach
    void a_jar_is_built() throws IOException {
        home = new Home(directory);
        build("1.0.0");
    }

    @Test
    void a_replica_that_is_started_again_gets_its_old_program_after_a_new_build() throws IOException {
        var release = Release.built(ORDERS, home);
        var first = release.app();
        var version = release.version();
        build("2.0.0");

        assertThat(release.app()).isEqualTo(first);
        assertThat(release.version()).isEqualTo(version).matches("1\\.0\\.0\\+[0-9a-f]{8}");
        assertThat(first.jar()).exists();

        var later = Release.built(ORDERS, home);
        assertThat(later.app()).isNotEqualTo(first);
        assertThat(later.version()).startsWith("2.0.0+");
    }

    private void build(String version) throws IOException {
        var manifest = new Manifest();
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.IMPLEMENTATION_TITLE, "order-service");
        main.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        main.putValue("Start-Class", "Main");
        var jar = home.jar(ORDERS.module());
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry("BOOT-INF/classpath.idx"));
            out.closeEntry();
        }
    }
}

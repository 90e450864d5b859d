package com.flashsale.local.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackerTest {

    @TempDir
    Path directory;

    @Test
    void the_app_names_its_libraries_in_the_order_of_the_index() throws IOException {
        var app = new Unpacker(directory.resolve("apps")).unpack("shop", fatJar("shop", "one"));

        try (var jar = new JarFile(app.jar().toFile())) {
            var main = jar.getManifest().getMainAttributes();
            assertThat(main.getValue("Main-Class")).isEqualTo("com.example.Shop");
            var libraries = main.getValue("Class-Path").split(" ");
            assertThat(libraries).hasSize(2);
            assertThat(libraries[0]).contains("lib/zebra-1.0-");
            assertThat(libraries[1]).contains("lib/ant-2.0-");
            assertThat(app.jar().resolveSibling(libraries[0])).hasContent("stripes");
        }
    }

    @Test
    void classes_and_resources_lie_where_a_class_loader_looks() throws IOException {
        var app = new Unpacker(directory.resolve("apps")).unpack("shop", fatJar("shop", "one"));

        try (var jar = new JarFile(app.jar().toFile())) {
            var resource = jar.getInputStream(jar.getEntry("application.yaml")).readAllBytes();
            assertThat(new String(resource, StandardCharsets.UTF_8)).isEqualTo("one");
            assertThat(jar.getEntry("META-INF/spring/some.imports")).isNotNull();
        }
    }

    @Test
    void a_jar_of_the_same_content_is_unpacked_once() throws IOException {
        var unpacker = new Unpacker(directory.resolve("apps"));
        var first = unpacker.unpack("shop", fatJar("shop", "one"));
        var written = Files.getLastModifiedTime(first.jar());

        var second = unpacker.unpack("shop", fatJar("shop", "one"));

        assertThat(second).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(second.jar())).isEqualTo(written);
    }

    @Test
    void a_changed_jar_of_the_same_size_gets_a_place_of_its_own() throws IOException {
        var unpacker = new Unpacker(directory.resolve("apps"));

        var before = unpacker.unpack("shop", fatJar("shop", "one"));
        var after = unpacker.unpack("shop", fatJar("shop", "two"));

        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void two_services_share_a_library_of_the_same_content() throws IOException {
        var unpacker = new Unpacker(directory.resolve("apps"));
        unpacker.unpack("shop", fatJar("shop", "one"));
        unpacker.unpack("till", fatJar("till", "two"));

        try (var libraries = Files.list(directory.resolve("apps").resolve("lib"))) {
            assertThat(libraries).hasSize(2);
        }
    }

    private Path fatJar(String name, String configuration) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        entries.put("BOOT-INF/classpath.idx", """
                - "BOOT-INF/lib/zebra-1.0.jar"
                - "BOOT-INF/lib/ant-2.0.jar"
                """);
        entries.put("BOOT-INF/classes/application.yaml", configuration);
        entries.put("META-INF/spring/some.imports", "a.b.C");
        entries.put("BOOT-INF/lib/zebra-1.0.jar", "stripes");
        entries.put("BOOT-INF/lib/ant-2.0.jar", "legs");
        var file = directory.resolve(name + ".jar");
        Files.write(file, jar(entries));
        return file;
    }

    private static byte[] jar(Map<String, String> entries) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Start-Class"), "com.example.Shop");
        var bytes = new ByteArrayOutputStream();
        try (var out = new JarOutputStream(bytes, manifest)) {
            for (var entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}

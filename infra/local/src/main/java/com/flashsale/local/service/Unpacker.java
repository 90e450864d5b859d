package com.flashsale.local.service;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.StringJoiner;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks an executable jar into a plain one and its libraries: that starts in half the time. Libraries are shared by
 * all services and named by their content, so one is written once, and never changed under a process that has it open.
 */
public final class Unpacker {

    private static final String CLASSES = "BOOT-INF/classes/";
    private static final String CLASS_PATH_INDEX = "BOOT-INF/classpath.idx";

    private final Path apps;

    public Unpacker(Path apps) {
        this.apps = apps;
    }

    /** The unpacked app of this jar; does nothing when a jar of the same content was unpacked before. */
    public App unpack(String name, Path fatJar) {
        try (var jar = new JarFile(fatJar.toFile())) {
            var directory = apps.resolve(name).resolve(contentOf(jar));
            var app = directory.resolve(name + ".jar");
            if (!Files.exists(app)) {
                write(jar, directory, app);
            }
            return new App(app);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From the table of contents alone. Builds are reproducible: the file's own time says nothing. */
    private static String contentOf(JarFile jar) {
        var content = new CRC32();
        jar.stream()
                .forEach(entry -> content.update("%s %x %x\n"
                        .formatted(entry.getName(), entry.getCrc(), entry.getSize())
                        .getBytes(StandardCharsets.UTF_8)));
        return "%08x".formatted(content.getValue());
    }

    private void write(JarFile jar, Path directory, Path app) throws IOException {
        Files.createDirectories(directory);
        Files.createDirectories(apps.resolve("lib"));
        var beside = Files.createTempFile(directory, "app", ".next");
        var classPath = libraries(jar, directory);
        try (var out = new JarOutputStream(Files.newOutputStream(beside), manifest(jar, classPath))) {
            copyClasses(jar, out);
        }
        Files.move(beside, app, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the libraries in the order of the jar's index and returns them as a manifest's class path. */
    private String libraries(JarFile jar, Path from) throws IOException {
        var classPath = new StringJoiner(" ");
        @Nullable ZipEntry index = jar.getEntry(CLASS_PATH_INDEX);
        if (index == null) {
            throw new IOException(jar.getName() + " is no executable jar: it has no " + CLASS_PATH_INDEX);
        }
        var lines = new String(jar.getInputStream(index).readAllBytes(), StandardCharsets.UTF_8);
        for (var line : lines.lines().toList()) {
            var entry = jar.getEntry(line.substring(line.indexOf('"') + 1, line.lastIndexOf('"')));
            var library = library(jar, entry);
            classPath.add(from.relativize(library).toString());
        }
        return classPath.toString();
    }

    private Path library(JarFile jar, ZipEntry entry) throws IOException {
        var file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        var content = "%08x-%x".formatted(entry.getCrc(), entry.getSize());
        var library = apps.resolve("lib").resolve(file.replaceFirst("\\.jar$", "-" + content + ".jar"));
        if (!Files.exists(library)) {
            var beside = Files.createTempFile(apps.resolve("lib"), file, ".next");
            try (var in = jar.getInputStream(entry)) {
                Files.copy(in, beside, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(beside, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return library;
    }

    private static Manifest manifest(JarFile jar, String classPath) throws IOException {
        var manifest = new Manifest(jar.getManifest());
        var main = manifest.getMainAttributes();
        main.put(Attributes.Name.MAIN_CLASS, main.getValue("Start-Class"));
        main.put(Attributes.Name.CLASS_PATH, classPath);
        return manifest;
    }

    private static void copyClasses(JarFile jar, JarOutputStream out) throws IOException {
        for (var entry :
                jar.stream().filter(each -> each.getName().startsWith(CLASSES)).toList()) {
            var name = entry.getName().substring(CLASSES.length());
            if (!name.isEmpty()) {
                copy(jar, entry, name, out);
            }
        }
        for (var entry : jar.stream().filter(Unpacker::isMetadata).toList()) {
            copy(jar, entry, entry.getName(), out);
        }
    }

    /** META-INF of the jar itself (Spring's, Maven's), but for the manifest, which is written first and anew. */
    private static boolean isMetadata(ZipEntry entry) {
        return entry.getName().startsWith("META-INF/")
                && !entry.isDirectory()
                && !entry.getName().equals(JarFile.MANIFEST_NAME);
    }

    private static void copy(JarFile jar, ZipEntry entry, String name, OutputStream to) throws IOException {
        var out = (JarOutputStream) to;
        out.putNextEntry(new ZipEntry(name));
        if (!entry.isDirectory()) {
            try (var in = jar.getInputStream(entry)) {
                in.transferTo(out);
            }
        }
        out.closeEntry();
    }
}

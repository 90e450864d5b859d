package com.flashsale.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Makes another version of an executable jar out of the one that was built. */
final class Jars {

    private Jars() {}

    /**
     * The same program with another version in its manifest and more files among its classes; still executable by
     * itself.
     */
    static Path nextVersion(Path of, Path to, String version, Map<String, String> more) throws IOException {
        try (var jar = new JarFile(of.toFile())) {
            var manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
            try (var out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
                for (var entry : jar.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) copy(jar, entry, out);
                }
                for (var file : more.entrySet()) {
                    out.putNextEntry(new ZipEntry("BOOT-INF/classes/" + file.getKey()));
                    out.write(file.getValue().getBytes(UTF_8));
                    out.closeEntry();
                }
            }
        }
        return to;
    }

    /** Libraries lie in the jar uncompressed, or it would not run. */
    private static void copy(JarFile jar, ZipEntry entry, JarOutputStream out) throws IOException {
        var copy = new ZipEntry(entry.getName());
        if (entry.getMethod() == ZipEntry.STORED) {
            copy.setMethod(ZipEntry.STORED);
            copy.setSize(entry.getSize());
            copy.setCrc(entry.getCrc());
        }
        out.putNextEntry(copy);
        try (var content = jar.getInputStream(entry)) {
            content.transferTo(out);
        }
        out.closeEntry();
    }
}

package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Programs unpacked from jars, once per machine. A directory either is absent or is complete: it is filled under
 * another name and then renamed. A file lock keeps other JVMs waiting meanwhile, so that the work is done once.
 */
final class Binaries {

    private final Path directory;

    Binaries(Path directory) {
        this.directory = directory;
    }

    @FunctionalInterface
    interface Unpack {
        void into(Path directory) throws IOException;
    }

    /** The directory of this key, filled by {@code unpack} if it is not there yet. */
    Path directory(String key, Unpack unpack) {
        var target = directory.resolve(key);
        if (Files.isDirectory(target)) return target;
        // a file lock belongs to the whole JVM: two threads would not wait for each other but fail
        synchronized (Binaries.class) {
            try {
                Files.createDirectories(directory);
                unpackAlone(key, target, unpack);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot unpack " + key + " into " + directory, e);
            }
        }
        return target;
    }

    private void unpackAlone(String key, Path target, Unpack unpack) throws IOException {
        try (var channel = FileChannel.open(
                        directory.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (Files.isDirectory(target)) return;
            var unfinished = directory.resolve(key + ".unfinished");
            Trees.delete(unfinished);
            Files.createDirectory(unfinished);
            unpack.into(unfinished);
            Trees.openDirectories(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Copies a resource; an older file is replaced. */
    static void copy(URL resource, Path target) throws IOException {
        try (var stream = resource.openStream()) {
            Files.copy(stream, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The resource, or an explanation which dependency is missing. */
    static URL resource(String name) {
        var url = Binaries.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new EngineException(
                    "No %s on the class path: the jar with the binaries for this machine is missing.".formatted(name)
                            + " Build on the machine that runs it, so that Maven selects the right profile"
                            + " of infra/engines.");
        }
        return url;
    }

    /** A short name for a long text, of eight letters and digits. */
    static String checksum(String text) {
        var checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /**
     * A name that changes when the content does, without reading the content: the checksum is in the jar's directory.
     */
    static String key(String name, URL resource) {
        try {
            var connection = resource.openConnection();
            connection.setUseCaches(false);
            var version = connection instanceof JarURLConnection jar
                    ? Long.toHexString(jar.getJarEntry().getCrc())
                    : Long.toHexString(connection.getContentLengthLong());
            if (connection instanceof JarURLConnection jar) jar.getJarFile().close();
            return name + "-" + version;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + resource, e);
        }
    }
}

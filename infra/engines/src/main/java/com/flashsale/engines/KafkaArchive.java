package com.flashsale.engines;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The broker's loaded classes, kept for its next start (class data sharing): measured, 1.5 instead of 3.4 seconds of
 * processor time. The first broker of a machine writes the archive during its clean shutdown. The archive is put in its
 * place only when it is complete, so that no JVM ever maps half of it.
 *
 * @param file where it is, or will be; its name changes with the JVM and with each jar
 * @param unfinished the file that the broker of one home writes
 * @param possible false where the class path contains directories, whose classes the JVM cannot archive
 */
record KafkaArchive(Path file, Path unfinished, boolean possible) {

    static KafkaArchive of(String classPath, EngineFiles files) {
        var entries =
                Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
        var jvm = System.getProperty("java.home") + System.getProperty("java.vm.version");
        var name = "kafka-"
                + Binaries.checksum(
                        jvm + entries.stream().map(KafkaArchive::signature).collect(Collectors.joining()));
        return new KafkaArchive(
                files.binaries().resolve(name + ".jsa"),
                files.binaries()
                        .resolve(name + "-" + Binaries.checksum(files.home().toString()) + ".unfinished"),
                entries.stream().allMatch(Files::isRegularFile));
    }

    private static String signature(Path entry) {
        var file = entry.toFile();
        return entry + " " + file.length() + " " + file.lastModified() + "\n";
    }

    boolean isMissing() {
        return possible && !Files.exists(file);
    }

    /** Uses the archive if it is there, else has the JVM write one on its way out. */
    List<String> arguments() {
        if (!possible) return List.of();
        // the warnings about single classes that cannot be archived help no reader of the log
        var quiet = "-Xlog:cds=off,cds+dynamic=off,class+path=off";
        return Files.exists(file)
                ? List.of(quiet, "-XX:SharedArchiveFile=" + file)
                : List.of(quiet, "-XX:ArchiveClassesAtExit=" + unfinished);
    }

    /** Called after a clean shutdown: the file that the JVM has written becomes the archive. */
    void keep() {
        try {
            if (Files.exists(unfinished)) Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot keep " + file, e);
        }
    }

    void discard() {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + unfinished, e);
        }
    }
}

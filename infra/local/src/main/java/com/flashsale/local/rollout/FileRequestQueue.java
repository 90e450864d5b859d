package com.flashsale.local.rollout;

import com.flashsale.client.Home;
import com.flashsale.client.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The channel from a command to the process that runs the platform: files in a directory that only its owner may enter.
 * A user that may write there decides which program runs. A request is one file that changes its name when it is taken,
 * so it is taken once or taken back, never both.
 */
final class FileRequestQueue {

    private static final String REQUEST = ".request";
    private static final String TAKEN = ".taken";
    private static final String PROGRESS = ".progress";
    private static final String RESULT = ".result";

    private final Path directory;

    FileRequestQueue(Home home) {
        this.directory = home.run().resolve("rollouts");
    }

    /** Opens the queue of a platform that has just come up: requests to an earlier platform no longer count. */
    void open() throws IOException {
        if (Files.isDirectory(directory)) {
            for (var file : files()) {
                Files.deleteIfExists(file);
            }
        } else {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    boolean isOpen() {
        return Files.isDirectory(directory);
    }

    /** Returns the name under which progress and result will appear. */
    String put(Request request) throws IOException {
        var name = "%013d-%s".formatted(System.currentTimeMillis(), UUID.randomUUID());
        replace(name, REQUEST, Json.line(request));
        return name;
    }

    /** True when the request was not taken, and never will be. */
    boolean takeBack(String name) throws IOException {
        return Files.deleteIfExists(file(name, REQUEST));
    }

    boolean isTaken(String name) {
        return !Files.exists(file(name, REQUEST));
    }

    record Taken(String name, Request request) {}

    /** The oldest request that waits. */
    Optional<Taken> take() throws IOException {
        for (var waiting : files()) {
            var name = waiting.getFileName().toString();
            if (name.endsWith(REQUEST)) {
                var plain = name.substring(0, name.length() - REQUEST.length());
                var taken = file(plain, TAKEN);
                try {
                    Files.move(waiting, taken, StandardCopyOption.ATOMIC_MOVE);
                } catch (NoSuchFileException takenBack) {
                    continue;
                }
                return Optional.of(new Taken(plain, Json.MAPPER.readValue(Files.readString(taken), Request.class)));
            }
        }
        return Optional.empty();
    }

    void tell(String name, String line) throws IOException {
        Files.writeString(file(name, PROGRESS), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Whole lines only, from this many bytes on. */
    String told(String name, long from) throws IOException {
        var progress = file(name, PROGRESS);
        if (!Files.exists(progress)) {
            return "";
        }
        var all = Files.readAllBytes(progress);
        var text = new String(all, (int) from, all.length - (int) from, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1);
    }

    void finish(String name, Request.Result result) throws IOException {
        replace(name, RESULT, Json.line(result));
    }

    Optional<Request.Result> result(String name) throws IOException {
        var file = file(name, RESULT);
        return Files.exists(file)
                ? Optional.of(Json.MAPPER.readValue(Files.readString(file), Request.Result.class))
                : Optional.empty();
    }

    private void replace(String name, String kind, String text) throws IOException {
        var beside = file(name, kind + ".next");
        Files.writeString(beside, text);
        Files.move(beside, file(name, kind), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String name, String kind) {
        return directory.resolve(name + kind);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted(Comparator.comparing(Path::toString)).toList();
        }
    }
}

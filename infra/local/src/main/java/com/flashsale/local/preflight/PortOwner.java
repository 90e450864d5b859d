package com.flashsale.local.preflight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The process that listens on a port, as far as this user may see: /proc on Linux, lsof elsewhere. */
final class PortOwner {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortOwner() {}

    static Optional<Long> of(int port) {
        return Files.isReadable(PROC.resolve("net/tcp")) ? byProc(port) : byLsof(port);
    }

    /** {@code process 4711 (java)}, or a text for a process that is not visible. */
    static String describe(int port) {
        return of(port).map(PortOwner::name).orElse("a process that cannot be seen from here");
    }

    private static String name(long pid) {
        var program = ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(command -> " (" + Path.of(command).getFileName() + ")")
                .orElse("");
        return "process " + pid + program;
    }

    private static Optional<Long> byProc(int port) {
        return Stream.of("tcp", "tcp6")
                .flatMap(file -> listeningInode(PROC.resolve("net").resolve(file), port).stream())
                .findFirst()
                .flatMap(PortOwner::processWithSocket);
    }

    private static Optional<String> listeningInode(Path table, int port) {
        var suffix = ":" + "%04x".formatted(port).toUpperCase(Locale.ROOT);
        try (var lines = Files.lines(table)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > INODE)
                    .filter(fields -> fields[LOCAL_ADDRESS].endsWith(suffix) && fields[STATE].equals(LISTEN))
                    .map(fields -> fields[INODE])
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<Long> processWithSocket(String inode) {
        var socket = "socket:[" + inode + "]";
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> holds(PROC.resolve(Long.toString(pid)).resolve("fd"), socket))
                .findFirst();
    }

    private static boolean holds(Path descriptors, String socket) {
        try (var links = Files.newDirectoryStream(descriptors)) {
            for (var link : links) {
                if (Files.readSymbolicLink(link).toString().equals(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static Optional<Long> byLsof(int port) {
        try {
            var lsof = new ProcessBuilder("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-t").start();
            var text = new String(lsof.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            boolean ended = lsof.waitFor(5, TimeUnit.SECONDS);
            return text.lines()
                    .filter(line -> ended && line.matches("\\d+"))
                    .map(Long::valueOf)
                    .findFirst();
        } catch (IOException noLsof) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

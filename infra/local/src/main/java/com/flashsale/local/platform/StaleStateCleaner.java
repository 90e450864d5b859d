package com.flashsale.local.platform;

import com.flashsale.client.Home;
import com.flashsale.client.platform.StateFile;
import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Cleans the stale state of an earlier run: processes after a crash, and data that a fresh start does not want. */
public final class StaleStateCleaner {

    private static final int PATIENCE_SECONDS = 10;

    private final Home home;

    public StaleStateCleaner(Home home) {
        this.home = home;
    }

    /**
     * Ends the children of a supervisor that is gone. Each is recognised by number and start time; returns the pids of
     * the ended ones.
     */
    public List<Long> endProcesses() {
        var state = new StateFile(home);
        if (state.running().isPresent()) {
            return List.of();
        }
        var left = state.read().stream()
                .flatMap(last -> last.children().stream())
                .filter(ProcessIdentity::isAlive)
                .toList();
        left.forEach(process -> ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy));
        left.forEach(StaleStateCleaner::awaitEnd);
        state.remove();
        return left.stream().map(ProcessIdentity::pid).toList();
    }

    private static void awaitEnd(ProcessIdentity process) {
        var end = ProcessHandle.of(process.pid())
                .map(ProcessHandle::onExit)
                .orElse(CompletableFuture.completedFuture(null));
        try {
            end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException stubborn) {
            if (process.isAlive()) {
                ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Removes data and secrets, and keeps the files that can be made again without loss of time (unpacked programs,
     * built apps).
     */
    public void forgetData() {
        try {
            delete(home.data());
            delete(home.logs());
            delete(home.histories());
            delete(home.run().resolve("tmp"));
            Files.deleteIfExists(home.secrets());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault) throws IOException {
                if (fault != null) {
                    throw fault;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

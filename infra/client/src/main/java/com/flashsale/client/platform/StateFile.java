package com.flashsale.client.platform;

import com.flashsale.client.Home;
import com.flashsale.client.Json;
import com.flashsale.engines.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The state as the running supervisor last wrote it. */
public final class StateFile {

    private final Home home;

    public StateFile(Home home) {
        this.home = home;
    }

    public Optional<PlatformState> read() {
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readString(home.state()), PlatformState.class));
        } catch (NoSuchFileException neverStarted) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }

    /** The state of a platform whose supervisor lives, or of one that runs elsewhere. */
    public Optional<PlatformState> running() {
        return read().filter(state -> state.isExternal()
                || state.supervisorProcess().filter(ProcessIdentity::isAlive).isPresent());
    }

    /** The state for a person: the running platform, measured, or that there is none. */
    public PlatformState now() {
        return running().map(PlatformState::measured).orElseGet(PlatformState::stopped);
    }

    public void write(PlatformState state) {
        replace(home.state(), Json.pretty(state));
    }

    public void writeSupervisor(ProcessIdentity self) {
        replace(home.supervisorPid(), self.pid() + "\n");
    }

    /** Removes the files after a clean stop: no process is left to recognise. */
    public void remove() {
        try {
            Files.deleteIfExists(home.supervisorPid());
            Files.deleteIfExists(home.state());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            var beside = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(beside, text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

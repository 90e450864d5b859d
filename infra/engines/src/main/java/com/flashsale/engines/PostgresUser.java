package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** PostgreSQL refuses to run as root. This decides as whom it runs instead, and where its files must be for that. */
sealed interface PostgresUser {

    /** Put before each command. */
    List<String> prefix();

    /** The directory that stands in for {@code home}. */
    default Path directoryFor(Path home) {
        return home;
    }

    default void createDirectoryFor(Path home) {}

    default Path binaries(Path configured) {
        return configured;
    }

    /** Makes a file readable for PostgreSQL. */
    default void own(Path file) {}

    /** An ordinary user: nothing to do. */
    record Self() implements PostgresUser {
        @Override
        public List<String> prefix() {
            return List.of();
        }
    }

    /**
     * Root in a user namespace of its own: PostgreSQL sees an unprivileged user. The file system still sees root, and
     * root reaches the files.
     */
    record InUserNamespace() implements PostgresUser {
        @Override
        public List<String> prefix() {
            return List.of("unshare", "-U");
        }
    }

    /**
     * The unprivileged user 65534, where namespaces are not allowed (in most containers). The files lie under a
     * directory that this user can reach.
     */
    record Nobody(Path shared) implements PostgresUser {

        private static final int ID = 65534;

        @Override
        public List<String> prefix() {
            return List.of("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups");
        }

        @Override
        public Path directoryFor(Path home) {
            return shared().resolve(Binaries.checksum(home.toString()));
        }

        @Override
        public void createDirectoryFor(Path home) {
            var directory = directoryFor(home);
            if (Files.isDirectory(directory)) return;
            createAsRoot(shared());
            createAsRoot(directory);
            own(directory);
        }

        @Override
        public Path binaries(Path configured) {
            var binaries = shared().resolve("engines");
            createAsRoot(shared());
            createAsRoot(binaries);
            return binaries;
        }

        @Override
        public void own(Path file) {
            try {
                Files.setAttribute(file, "unix:gid", ID);
                Files.setAttribute(file, "unix:uid", ID);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot give " + file + " to nobody", e);
            }
        }

        private static void createAsRoot(Path directory) {
            try {
                Files.createDirectories(directory);
                var owner = Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
                if (!owner.equals(0) && !owner.equals(ID)) {
                    throw new EngineException(directory + " belongs to user " + owner + ": remove it.");
                }
                if (owner.equals(0)) Trees.openToRead(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot create " + directory, e);
            }
        }
    }

    static PostgresUser current() {
        if (!succeeds("/bin/sh", "-c", "test \"$(id -u)\" = 0")) return new Self();
        var namespace = new InUserNamespace();
        if (succeeds(namespace, "true")) return namespace;
        var nobody = new Nobody(Path.of("/var/tmp/flash-sale"));
        if (succeeds(nobody, "true")) return nobody;
        throw new EngineException(
                "PostgreSQL cannot run as root, and here root may neither create a user namespace (unshare -U)"
                        + " nor become nobody (setpriv, of the package util-linux). Start again as an ordinary user,"
                        + " or install util-linux, or allow user namespaces"
                        + " (sysctl kernel.unprivileged_userns_clone=1).");
    }

    private static boolean succeeds(PostgresUser user, String program) {
        return succeeds(
                Stream.concat(user.prefix().stream(), Stream.of(program)).toArray(String[]::new));
    }

    private static boolean succeeds(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

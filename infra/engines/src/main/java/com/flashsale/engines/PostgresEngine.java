package com.flashsale.engines;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PostgreSQL on 127.0.0.1, with passwords (scram-sha-256) and without a Unix socket. */
public final class PostgresEngine extends Engine {

    /** The owner of the cluster; its password is in the file {@code superuser.password}, readable by the owner only. */
    public static final String SUPERUSER = "postgres";

    private final PostgresSettings settings;
    private final PostgresUser user;
    private final PostgresAdmin admin;

    public PostgresEngine(PostgresSettings settings, @Nullable OrphanReaper reaper) {
        this(settings, reaper, PostgresUser.current());
    }

    PostgresEngine(PostgresSettings settings, @Nullable OrphanReaper reaper, PostgresUser user) {
        super("PostgreSQL", settings.files(), Signal.INT, reaper);
        this.settings = settings;
        this.user = user;
        this.admin = new PostgresAdmin(this);
    }

    /**
     * Creates the database and its owner, or gives an existing owner this password. Only the owner and the readers may
     * connect.
     */
    public void createDatabase(String name, String role, String password) {
        admin.createDatabase(name, role, password);
    }

    /**
     * Creates a role that may read every table of every database, those of later {@link #createDatabase} included, and
     * write none.
     */
    public void createReadOnlyRole(String role, String password) {
        admin.createReadOnlyRole(role, password);
    }

    public void dropDatabase(String name) {
        admin.dropDatabase(name);
    }

    @Override
    public int port() {
        return settings.port();
    }

    @Override
    public String url() {
        return url(SUPERUSER);
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    public String superuserPassword() {
        return PrivateFiles.readOrCreate(files.home().resolve("superuser.password"));
    }

    @Override
    void prepare(Duration timeout) throws IOException {
        user.createDirectoryFor(files.home());
        var data = data();
        PostmasterFile.removeIfStale(data, process.recorded());
        if (Files.exists(data)) return;
        var unfinished = data.resolveSibling("data.unfinished");
        Trees.delete(unfinished);
        var passwordFile = data.resolveSibling("initdb.password");
        PrivateFiles.write(passwordFile, superuserPassword());
        user.own(passwordFile);
        process.run(initdb(unfinished, passwordFile), timeout);
        Files.delete(passwordFile);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The locale is PostgreSQL's own, so that text sorts the same on every machine. */
    private List<String> initdb(Path data, Path passwordFile) {
        var command = new ArrayList<>(user.prefix());
        command.add(programs().resolve("bin/initdb").toString());
        command.addAll(List.of("-D", data.toString(), "-U", SUPERUSER, "-A", "scram-sha-256"));
        command.addAll(
                List.of("--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"));
        command.add("--pwfile=" + passwordFile);
        if (!settings.durable()) command.add("--no-sync");
        return command;
    }

    @Override
    List<String> command() {
        var command = new ArrayList<>(user.prefix());
        command.add(programs().resolve("bin/postgres").toString());
        command.addAll(List.of("-D", data().toString(), "-p", Integer.toString(port())));
        set(command, "listen_addresses", "127.0.0.1");
        set(command, "unix_socket_directories", "");
        set(command, "max_connections", Integer.toString(settings.maxConnections()));
        set(command, "password_encryption", "scram-sha-256");
        set(command, "log_line_prefix", "%m [%p] %q%u@%d ");
        set(command, "timezone", "UTC");
        if (!settings.durable()) {
            set(command, "fsync", "off");
            set(command, "full_page_writes", "off");
        }
        settings.parameters().forEach((name, value) -> set(command, name, value));
        return command;
    }

    private static void set(List<String> command, String name, String value) {
        command.add("-c");
        command.add(name + "=" + value);
    }

    @Override
    List<Integer> ports() {
        return List.of(port());
    }

    @Override
    Optional<String> problem() {
        try (var connection = admin.connect(SUPERUSER);
                var statement = connection.createStatement()) {
            statement.execute("select 1");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** After a crash the orphans of the old postmaster need a moment to notice. */
    @Override
    boolean isWorthAnotherTry(String log) {
        return log.contains("pre-existing shared memory block");
    }

    boolean counts(String library) {
        return settings.parameters()
                .getOrDefault("shared_preload_libraries", "")
                .contains(library);
    }

    Path data() {
        return user.directoryFor(files.home()).resolve("data");
    }

    private Path programs() {
        var archive = Binaries.resource(Machine.current().postgresArchive());
        return new Binaries(user.binaries(files.binaries()))
                .directory(Binaries.key("postgresql", archive), directory -> {
                    try (var stream = archive.openStream()) {
                        TarXz.unpack(stream, directory);
                    }
                });
    }

    /** Removes everything, the data included. */
    void wipe() {
        try {
            Trees.delete(user.directoryFor(files.home()));
            Trees.delete(files.home());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + files.home(), e);
        }
    }
}

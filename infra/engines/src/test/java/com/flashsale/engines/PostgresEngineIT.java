package com.flashsale.engines;

import static com.flashsale.engines.Fixtures.TIMEOUT;
import static com.flashsale.engines.Fixtures.connect;
import static com.flashsale.engines.Fixtures.execute;
import static com.flashsale.engines.Fixtures.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresEngineIT {

    @TempDir
    static Path directory;

    static PostgresSettings settings;
    static PostgresEngine postgres;

    @BeforeAll
    static void start() {
        settings = PostgresSettings.persistent(Ports.free(), Fixtures.filesIn(directory, "postgres"));
        postgres = new PostgresEngine(settings, null);
        postgres.start(TIMEOUT);
    }

    @AfterAll
    static void end() {
        postgres.kill();
    }

    @Test
    void data_survives_a_stop_and_a_kill() throws SQLException {
        postgres.createDatabase("durable", "durable", "secret-1");
        insert("create table fact (id int)", "insert into fact values (1)");
        postgres.stop();
        assertThat(postgres.isReady()).isFalse();
        assertThat(postgres.pid()).isEqualTo(-1);

        postgres.start(TIMEOUT);
        insert("insert into fact values (2)");
        postgres.kill();

        postgres.start(TIMEOUT);
        try (var connection = connect(postgres, "durable", "durable", "secret-1")) {
            assertThat(query(connection, "select sum(id) from fact")).isEqualTo("3");
            assertThat(query(connection, "show fsync")).isEqualTo("on");
            assertThat(query(connection, "show wal_level")).isEqualTo("logical");
            assertThat(query(connection, "select count(*) > 0 from pg_stat_statements"))
                    .isEqualTo("t");
        }
    }

    @Test
    void a_postmaster_file_that_names_a_foreign_process_does_not_keep_the_engine_from_starting()
            throws SQLException, IOException {
        postgres.kill();
        var file = postgres.data().resolve("postmaster.pid");
        var lines = Files.readString(file).lines().skip(1).toList();
        // as after a crash and a reboot, when another program got the old pid
        Files.writeString(file, ProcessHandle.current().pid() + "\n" + String.join("\n", lines) + "\n");

        postgres.start(TIMEOUT);

        assertThat(postgres.isReady()).isTrue();
    }

    @Test
    void a_service_reaches_its_own_database_only_and_creating_it_again_changes_the_password() throws SQLException {
        postgres.createDatabase("mine", "mine", "old-password");
        postgres.createDatabase("theirs", "theirs", "their-password");
        postgres.createDatabase("mine", "mine", "it's new");

        try (var connection = connect(postgres, "mine", "mine", "it's new")) {
            execute(connection, "create table if not exists own (id int)");
        }
        assertThatThrownBy(() -> connect(postgres, "mine", "mine", "old-password"))
                .hasMessageContaining("password");
        assertThatThrownBy(() -> connect(postgres, "theirs", "mine", "it's new"))
                .hasMessageContaining("CONNECT");
    }

    @Test
    void a_reader_reads_every_database_the_later_ones_too_and_writes_none() throws SQLException {
        postgres.createDatabase("before", "before", "secret-2");
        postgres.createReadOnlyRole("audit", "audit-secret");
        postgres.createDatabase("after", "after", "secret-3");
        for (var database : new String[] {"before", "after"}) {
            var secret = database.equals("before") ? "secret-2" : "secret-3";
            try (var owner = connect(postgres, database, database, secret)) {
                execute(owner, "create table fact (id int)");
                execute(owner, "insert into fact values (7)");
            }
            try (var reader = connect(postgres, database, "audit", "audit-secret")) {
                assertThat(query(reader, "select id from fact")).isEqualTo("7");
                execute(reader, "set default_transaction_read_only = off");
                assertThatThrownBy(() -> execute(reader, "delete from fact")).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void another_jvm_finds_the_running_engine_by_its_home() {
        var sameHome = new PostgresEngine(settings, null);
        var pid = postgres.pid();

        sameHome.start(TIMEOUT);
        assertThat(sameHome.pid()).isEqualTo(pid);
        sameHome.stop();
        assertThat(postgres.pid()).isEqualTo(-1);

        postgres.start(TIMEOUT);
    }

    @Test
    void the_superuser_password_is_for_the_owner_only() throws IOException {
        var file = directory.resolve("postgres/superuser.password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(postgres.superuserPassword()).hasSize(48);
    }

    @Test
    void a_taken_port_is_named() {
        var second = new PostgresEngine(
                PostgresSettings.throwaway(postgres.port(), Fixtures.filesIn(directory, "second")), null);
        assertThatThrownBy(() -> second.start(TIMEOUT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("Port " + postgres.port())
                .hasMessageContaining("taken by another process");
    }

    @Test
    void an_engine_that_ends_while_starting_says_why() {
        var broken = new PostgresEngine(
                new PostgresSettings(
                        Ports.free(), Fixtures.filesIn(directory, "broken"), false, 10, Map.of("no_such_setting", "1")),
                null);
        assertThatThrownBy(() -> broken.start(TIMEOUT))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("ended while it was starting")
                .hasMessageContaining("no_such_setting");
    }

    private static void insert(String... statements) throws SQLException {
        try (var connection = connect(postgres, "durable", "durable", "secret-1")) {
            for (var statement : statements) execute(connection, statement);
        }
    }
}

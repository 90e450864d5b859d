package com.flashsale.client.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path directory;

    @Test
    void the_file_is_readable_by_its_owner_only() throws IOException {
        var file = directory.resolve("secrets");

        Secrets.at(file).password("database.orders");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_secret_once_made_stays_as_it_is() {
        var file = directory.resolve("secrets");
        var first = Secrets.at(file).password("eureka");

        assertThat(Secrets.at(file).password("eureka")).isEqualTo(first);
    }

    @Test
    void a_new_name_leaves_the_others_alone() {
        var file = directory.resolve("secrets");
        var eureka = Secrets.at(file).password("eureka");

        Secrets.at(file).password("redis");

        assertThat(Secrets.at(file).password("eureka")).isEqualTo(eureka);
    }

    @Test
    void passwords_are_long_and_need_no_quoting() {
        assertThat(Secrets.at(directory.resolve("secrets")).password("redis")).matches("[A-Za-z0-9_-]{32}");
    }

    @Test
    void a_key_has_256_bits() {
        assertThat(Base64.getDecoder()
                        .decode(Secrets.at(directory.resolve("secrets")).key("admission")))
                .hasSize(32);
    }
}

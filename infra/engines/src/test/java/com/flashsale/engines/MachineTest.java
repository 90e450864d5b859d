package com.flashsale.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineTest {

    @ParameterizedTest
    @CsvSource({
        "Linux,    amd64,   postgres-linux-x86_64.txz,  redis-server-7.0.15-linux-amd64",
        "Linux,    aarch64, postgres-linux-arm_64.txz,  redis-server-7.0.15-linux-arm64",
        "Mac OS X, x86_64,  postgres-darwin-x86_64.txz, redis-server-7.0.15-darwin-amd64",
        "Mac OS X, aarch64, postgres-darwin-arm_64.txz, redis-server-7.0.15-darwin-arm64",
    })
    void each_machine_has_its_binaries(String os, String cpu, String postgres, String redis) {
        var machine = Machine.of(os, cpu);
        assertThat(machine.postgresArchive()).isEqualTo(postgres);
        assertThat(machine.redisBinary()).isEqualTo(redis);
        assertThat(getClass().getClassLoader().getResource(redis)).isNotNull();
    }

    @Test
    void a_machine_without_binaries_is_told_what_to_use() {
        assertThatThrownBy(() -> Machine.of("Windows 11", "amd64")).hasMessageContaining("WSL");
        assertThatThrownBy(() -> Machine.of("Linux", "riscv64")).hasMessageContaining("riscv64");
    }
}

package com.flashsale.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each case is a JVM of its own, since the order of providers belongs to the whole JVM. */
@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "the provider has libraries for these alone")
class NativeCryptographyTest {

    private static final String NATIVE = "AmazonCorrettoCryptoProvider";

    @TempDir
    Path directory;

    @Test
    void the_native_provider_is_the_first_choice() throws Exception {
        assertThat(probe()).startsWith(NATIVE).contains("signature ok", "Native cryptography is in use: ");
    }

    @Test
    void a_second_call_changes_nothing() throws Exception {
        assertThat(probe()).endsWith("Native cryptography is in use already.");
    }

    @Test
    void a_library_that_cannot_be_loaded_leaves_the_providers_of_the_jdk() throws Exception {
        // the library is unpacked into this directory, and nothing can be below a file
        var nowhere = Files.createFile(directory.resolve("file")).resolve("directory");

        assertThat(probe("-Djava.io.tmpdir=" + nowhere))
                .contains("SUN", "signature ok", "The JDK's cryptography is in use: ");
    }

    @Test
    void an_order_of_providers_that_an_operator_chose_stays() throws Exception {
        var order = Files.writeString(
                directory.resolve("java.security"), "security.provider.1=SunJSSE\nsecurity.provider.2=SUN\n");

        assertThat(probe("-Djava.security.properties=" + order))
                .startsWith("SunJSSE")
                .contains("signature ok", "SunJSSE is first");
    }

    @Test
    void a_property_switches_it_off() throws Exception {
        assertThat(probe("-D" + NativeCryptography.SWITCH + "=false"))
                .startsWith("SUN")
                .contains("signature ok", "switched off");
    }

    @ParameterizedTest
    @CsvSource({
        ",, true",
        "true,, true",
        "false,, false",
        "' FALSE ',, false",
        ", false, false",
        ", true, true",
        "true, false, true",
        "false, true, false",
        "'', false, true"
    })
    void the_property_goes_before_the_variable(String property, String variable, boolean wanted) {
        var properties = new Properties();
        if (property != null) properties.setProperty(NativeCryptography.SWITCH, property);
        var environment = variable == null ? Map.<String, String>of() : Map.of(NativeCryptography.VARIABLE, variable);

        assertThat(NativeCryptography.isWanted(properties, environment)).isEqualTo(wanted);
    }

    /** The output of {@link Probe} in a JVM with these options. */
    private String probe(String... options) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        var output = directory.resolve("output");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().remove(NativeCryptography.VARIABLE);
        var process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8).strip();
    }
}

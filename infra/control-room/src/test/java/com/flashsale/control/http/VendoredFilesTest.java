package com.flashsale.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of uPlot 1.6.32 are those of its package, byte for byte. */
class VendoredFilesTest {

    @ParameterizedTest
    @CsvSource({
        "uplot.js,5dd9b3281aa64b461b42d9945f6adb2649d346502b12281a9ae0d46599a80eba",
        "uplot.css,df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
        "uplot-licence.txt,8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd"
    })
    void a_vendored_file_is_unchanged(String name, String sha256) throws Exception {
        try (var file = Files.class.getResourceAsStream("/control/assets/vendor/" + name)) {
            var bytes = Objects.requireNonNull(file).readAllBytes();
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                    .isEqualTo(sha256);
        }
    }
}

package com.flashsale.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.load.Samples;
import com.flashsale.load.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    @Test
    void a_written_result_can_be_read_again(@TempDir Path run) throws IOException {
        var directory = Reports.write(run, Samples.full());

        assertThat(Results.read(directory)).isEqualTo(Samples.full());
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("<svg")
                .contains("p99 &lt;300&gt; ms");
    }
}

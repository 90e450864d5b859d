package com.flashsale.reports.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.reports.Samples;
import com.flashsale.reports.law.CapacityLaw;
import com.flashsale.reports.result.LimitResult;
import java.util.List;
import org.junit.jupiter.api.Test;

class LawSectionTest {

    private final LimitResult settled = Samples.full().findings().limits().getLast();

    @Test
    void the_law_names_f_and_m_of_each_process_and_both_limits() {
        // F 0.25, m 1/2,048 + 1/4,096 s: 1.84 cores are full at (1.84 - 0.25) x 1,365.3 = 2,171 a second
        assertThat(LawSection.lines(settled))
                .first()
                .isEqualTo("law of settled: cores = F + m x rate, from 100, 200, 300, 400 a second,"
                        + " with 95 % intervals");
        assertThat(LawSection.lines(settled))
                .anyMatch(line -> line.matches(" *gateway +0\\.250 \\+- +0\\.000 +0\\.488 \\+- +0\\.000 .* 0\\.57"))
                .anyMatch(line -> line.matches(" *all +0\\.250 .* 0\\.732 .*"))
                .contains("predicted limit 2171/s (2171 to 2171), where all fill 1.84 usable cores;"
                        + " measured limit 650/s, 30 % of it")
                .contains("gateway weighs most: 0.57 cores at 650/s")
                .contains("dearest places of gateway: io.netty.Loop.<run> 25 %");
    }

    @Test
    void a_limit_without_a_law_says_why() {
        var without = settled.with(CapacityLaw.of(List.of(), 2, List.of()));

        assertThat(LawSection.lines(without)).singleElement().asString().contains("needs 4 different rates");
        assertThat(LawSection.lines(new LimitResult("join", List.of(), 0, 0, 0, "", List.of(), null)))
                .isEmpty();
    }

    @Test
    void law_and_costs_stand_in_both_reports() {
        assertThat(Html.of(Samples.full()))
                .contains("Capacity law of settled", "0.250 &plusmn; 0.000", "io.netty.Loop.&lt;run&gt; 25 %")
                .contains("<h2>Costs", "<td>CPU ms, gateway</td><td>3.000</td><td>0.750</td>")
                .contains("<td>bytes, wal</td><td>9000</td><td>2250</td>", "0.31 GB");
        assertThat(Text.of(Samples.full()))
                .contains("gateway weighs most", "costs of each of 1 orders and 4 visitors", "9000 bytes an order");
    }
}

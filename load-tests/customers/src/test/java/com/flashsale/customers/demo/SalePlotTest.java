package com.flashsale.customers.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.audit.AuditReport;
import com.flashsale.audit.Findings;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class SalePlotTest {

    @Test
    void a_plot_is_an_svg_whose_title_is_the_claim_and_whose_axes_have_names() throws Exception {
        var svg = SalePlot.of(new DemoResult(result(), looks()));

        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(svg)
                .contains("10 units, 20 customers: every unit sold once, everybody told")
                .contains(">units<", ">customers<", ">seconds since the sale opened<")
                .contains(">available<", ">reserved<", ">sold<");
    }

    @Test
    void a_failed_sale_says_so_in_its_title() {
        var good = result();
        var failed = new SaleResult(
                good.saleId(),
                good.units(),
                good.customers(),
                good.seed(),
                good.cast(),
                good.joins(),
                good.counts(),
                good.askedToWait(),
                good.endings(),
                good.steps(),
                good.seconds(),
                good.platform(),
                good.books(),
                List.of(new Condition("0 oversold", false, "3 <oversold>")));

        assertThat(SalePlot.of(new DemoResult(failed, looks()))).contains("FAILED: 0 oversold (3 &lt;oversold&gt;)");
    }

    @Test
    void a_long_sale_keeps_its_first_and_last_look() {
        var timeline = new Timeline();
        for (int i = 0; i <= 10_000; i++) {
            timeline.add(new Timeline.Look(i, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        }

        assertThat(timeline.looks()).hasSizeLessThan(5_000);
        assertThat(timeline.looks().getFirst().millis()).isZero();
        assertThat(timeline.looks().getLast().millis()).isEqualTo(10_000);
    }

    @Test
    void the_page_names_every_answer_and_their_sum() {
        assertThat(ResultPage.of(result()))
                .contains("10 PAID", "10 CLOSED", "20 in all", "seed 7")
                .contains("OK        0 oversold");
    }

    private static List<Timeline.Look> looks() {
        return List.of(
                new Timeline.Look(-1_000, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0),
                new Timeline.Look(0, 0, 10, 0, 0, 20, 10, 10, 0, 10, 0),
                new Timeline.Look(2_000, 0, 0, 10, 0, 20, 10, 0, 10, 0, 0),
                new Timeline.Look(12_000, 0, 0, 0, 10, 20, 10, 0, 0, 0, 20));
    }

    private static SaleResult result() {
        var books = new FinalState(
                10,
                0,
                0,
                10,
                false,
                0,
                10,
                0,
                1.5,
                true,
                Map.of("PAID", 10L),
                new AuditReport(true, Instant.EPOCH, List.of()),
                new Findings(12, 0, null, Duration.ZERO, Duration.ZERO, List.of()));
        return new SaleResult(
                "sale-1",
                10,
                20,
                7,
                Map.of(),
                new SaleResult.Rush(20, 0.5, 40),
                Map.of(),
                Map.of(),
                Map.of("PAID", 10L, "CLOSED", 10L),
                Map.of(),
                new SaleResult.Seconds(12.0, 13.5),
                new SaleResult.Platform(31.0, 1L << 31),
                books,
                List.of(new Condition("0 oversold", true, "0 oversold")));
    }
}

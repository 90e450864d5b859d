package com.flashsale.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.systemtests.Expressions.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * An alert on a series that does not exist sleeps for ever: what alerts, canaries and boards read is there from the
 * start, with its labels.
 */
class MetricsIT {

    private static final Path RULES = Path.of("k8s/components/observability/rules.yaml");
    private static final Path CANARY = Path.of("k8s/components/canary/analysis.yaml");
    private static final Path BOARD = Path.of("infra/grafana/dashboards/flash-sale.json");
    private static final Path CASES = Path.of("infra/manifests/src/test/resources/alerts-test.yaml");

    /** The first error makes its series; the alert looks at a share over minutes, not at a first increase. */
    private static final Map<String, String> AT_THE_FIRST_ERROR = Map.of("outcome", "SERVER_ERROR");

    final List<Selector> series = Expressions.series(RunningPlatform.shared().metricsAtStart());

    @Test
    void every_series_that_an_alert_a_canary_or_the_board_reads_exists_from_the_start() throws IOException {
        var expressions = new ArrayList<String>();
        expressions.addAll(found(RULES, "(?m)^ +expr: \\|\\n((?: {12,}.*\\n)+)"));
        expressions.addAll(found(CANARY, "(?m)^ +query: (?:\\|\\n)?((?:.*\\n)(?: {12,}.*\\n)*)"));
        expressions.addAll(found(BOARD, "\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"").stream()
                .map(text -> text.replace("\\\"", "\""))
                .toList());
        assertThat(expressions).hasSizeGreaterThan(35);

        assertThat(missing(expressions)).isEmpty();
    }

    @Test
    void the_cases_of_the_alerts_use_only_series_that_the_services_make() throws IOException {
        var cases = found(CASES, "series: '([^']*)'");
        assertThat(cases).hasSizeGreaterThan(30);

        assertThat(missing(cases)).isEmpty();
    }

    @Test
    void every_topic_that_is_read_has_its_count_of_dead_letters() {
        assertThat(series.stream()
                        .filter(one -> one.metric().equals("messages_dead_total"))
                        .map(one -> one.equal().get("topic")))
                .contains(
                        "catalog.sale",
                        "inventory.stock",
                        "inventory.reservation",
                        "order.order",
                        "order.admission",
                        "waitlist.admission");
    }

    private List<String> missing(List<String> expressions) {
        return expressions.stream()
                .flatMap(expression -> Expressions.selectors(expression).stream())
                .filter(wanted -> !wanted.equal().entrySet().containsAll(AT_THE_FIRST_ERROR.entrySet()))
                .filter(wanted -> series.stream().noneMatch(one -> Expressions.fits(wanted, one)))
                .map(Selector::toString)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> found(Path file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(FlashsaleCommand.ROOT.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }
}

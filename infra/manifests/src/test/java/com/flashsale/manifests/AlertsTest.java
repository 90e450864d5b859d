package com.flashsale.manifests;

import static com.flashsale.manifests.Resource.each;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * K38: every alert has a case in which it fires and one in which it stays silent. Prometheus' own promtool runs the
 * cases where it is installed.
 */
class AlertsTest {

    private static final String CASES = "alerts-test.yaml";

    private static JsonNode rules() {
        return Overlays.build("production")
                .of("PrometheusRule")
                .findFirst()
                .orElseThrow()
                .at("/spec");
    }

    private static String cases() throws IOException {
        return Files.readString(Path.of("src/test/resources", CASES));
    }

    @Test
    void k38_every_alert_has_a_case_in_which_it_wakes_and_one_in_which_it_sleeps() throws IOException {
        var alerts = each(rules().path("groups"))
                .flatMap(group -> each(group.path("rules")))
                .map(rule -> rule.path("alert").asText())
                .toList();
        var cases = Overlays.parse(cases()).getFirst().json().path("tests");
        assertThat(alerts).hasSizeGreaterThan(10);
        assertThat(each(cases).map(test -> test.path("name").asText()))
                .containsExactlyInAnyOrderElementsOf(alerts.stream()
                        .flatMap(alert -> List.of(alert + " wakes", alert + " sleeps").stream())
                        .toList());
        assertThat(each(cases).filter(test -> test.path("name").asText().endsWith(" wakes")))
                .allSatisfy(test ->
                        assertThat(test.at("/alert_rule_test/0/exp_alerts")).isNotEmpty());
    }

    @Test
    void k38_the_cases_hold_where_promtool_is_there_to_say_so(TestReporter reporter) throws IOException {
        var folder = Files.createDirectories(Path.of("target/alerts").toAbsolutePath());
        Files.writeString(
                folder.resolve("alerts.yaml"),
                Overlays.YAML.writeValueAsString(
                        JsonNodeFactory.instance.objectNode().set("groups", rules().path("groups"))));
        Files.writeString(folder.resolve(CASES), cases());
        if (Overlays.onPath("promtool").isEmpty()) {
            reporter.publishEntry("promtool is not on the PATH (Debian: prometheus): the cases were read and not run");
            return;
        }
        var said = Overlays.run(
                List.of("promtool", "test", "rules", folder.resolve(CASES).toString()));
        assertThat(said).contains("SUCCESS");
    }
}

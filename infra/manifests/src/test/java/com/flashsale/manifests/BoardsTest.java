package com.flashsale.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code infra/grafana} for a cluster: Grafana finds the boards, and each curve has a metric of the services. */
class BoardsTest {

    /** The datasource of compose, and of kube-prometheus-stack. */
    private static final String DATASOURCE = "prometheus";

    private static final int LEAST_QUERIES = 15;

    private static Resource boards() {
        return Overlays.parse(Overlays.render("infra/grafana")).getFirst();
    }

    @Test
    void the_sidecar_of_grafana_finds_them() {
        assertThat(boards().labels()).containsEntry("grafana_dashboard", "1");
        assertThat(boards().text("/metadata/namespace")).isEqualTo("monitoring");
        assertThat(Settings.read(Path.of("k8s/README.md"))).contains("kubectl apply -k infra/grafana");
    }

    @Test
    void each_query_asks_the_one_datasource_for_metrics_of_the_services() throws Exception {
        for (JsonNode text : boards().at("/data")) {
            var board = Overlays.YAML.readTree(text.asText());
            assertThat(board.findValues("datasource"))
                    .allSatisfy(
                            source -> assertThat(source.path("uid").asText()).isEqualTo(DATASOURCE));
            var queries = board.findValuesAsText("expr");
            assertThat(queries)
                    .hasSizeGreaterThan(LEAST_QUERIES)
                    .allSatisfy(query -> assertThat(DeliveryRules.unknown(
                                    query.replaceAll("\\{[^}]*}", ""), Overlays.build("production")))
                            .isEmpty());
        }
        assertThat(DeliveryRules.unknown("sum(orders_gone_total)", Overlays.build("production")))
                .containsExactly("orders_gone_total");
    }
}

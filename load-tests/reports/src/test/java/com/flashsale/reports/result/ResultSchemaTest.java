package com.flashsale.reports.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Json;
import com.flashsale.reports.Samples;
import com.flashsale.reports.view.Html;
import com.flashsale.reports.view.Text;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResultSchemaTest {

    private final Schema schema = schema();

    private static Schema schema() {
        try (var file = Result.class.getResourceAsStream("/result.schema.json")) {
            var text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_result_is_what_the_schema_says() {
        assertThat(schema.validate(Json.pretty(Samples.full()), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void a_result_with_a_name_that_the_schema_does_not_know_is_none() {
        var text = Json.pretty(Samples.full()).replace("\"machineBusyShare\"", "\"busy\"");

        assertThat(schema.validate(text, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void the_document_keeps_its_flat_form() throws IOException {
        try (var stored = ResultSchemaTest.class.getResourceAsStream("/result.json")) {
            var text = new String(stored.readAllBytes(), StandardCharsets.UTF_8);

            assertThat(Json.tree(Json.pretty(Samples.full()))).isEqualTo(Json.tree(text));
            assertThat(Json.MAPPER.readValue(text, Result.class)).isEqualTo(Samples.full());
        }
    }

    @Test
    void a_result_without_figures_and_findings_has_no_member_that_is_null() {
        var begun = Results.begun(Path.of("."), "story", "smoke", Map.of());

        assertThat(Json.tree(Json.pretty(begun)).valueStream()).noneMatch(JsonNode::isNull);
        assertThat(schema.validate(Json.pretty(begun), InputFormat.JSON)).isEmpty();
    }

    @Test
    void an_older_document_can_be_read_and_shown() throws IOException {
        try (var stored = ResultSchemaTest.class.getResourceAsStream("/result-of-version-1.json")) {
            var text = new String(stored.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();

            var result = Json.MAPPER.readValue(text, Result.class);

            assertThat(result.findings().warnings()).isEmpty();
            assertThat(Text.of(result)).contains("of 100.0 planned");
            assertThat(Html.of(result)).contains("Over the planned time");
        }
    }
}

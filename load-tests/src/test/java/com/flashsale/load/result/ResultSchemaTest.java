package com.flashsale.load.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.flashsale.client.Json;
import com.flashsale.load.Samples;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
}

package com.flashsale.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/** The contract of our events, as a check. */
public final class AsyncApi {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private AsyncApi() {}

    public static void assertKept(String type, String json) {
        var schema = REGISTRY.getSchema(SchemaLocation.of("classpath:asyncapi.yaml#/components/schemas/" + type));
        assertThat(schema.validate(
                        json,
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .as("%s %s", type, json)
                .isEmpty();
    }
}

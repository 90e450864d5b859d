package com.flashsale.client;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The one mapper: lenient readers, so that an older tool understands the files of a newer one. */
public final class Json {

    public static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final JsonMapper PRETTY =
            MAPPER.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    public static String pretty(Object value) {
        return PRETTY.writeValueAsString(value);
    }

    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static JsonNode tree(String text) {
        return MAPPER.readTree(text);
    }
}

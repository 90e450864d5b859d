package com.flashsale.platform.web;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;

/**
 * Reads a time or a duration from text (RFC 3339, ISO 8601) and refuses numbers, which say neither their unit nor their
 * range.
 */
final class TextOnly<T> extends StdDeserializer<T> {

    private final ValueDeserializer<? extends T> text;

    TextOnly(Class<T> type, ValueDeserializer<? extends T> text) {
        super(type);
        this.text = text;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken().isNumeric()) return (T) context.handleUnexpectedToken(handledType(), parser);
        return text.deserialize(parser, context);
    }
}

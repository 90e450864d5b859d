package com.flashsale.platform.web;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;

/**
 * Reads strings from strings, not from numbers, and refuses those that JSON can carry and a database cannot store: with
 * NUL, or with half of a surrogate pair.
 */
final class StorableStrings extends StringDeserializer {

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken().isScalarValue() && !parser.hasToken(JsonToken.VALUE_STRING)) {
            return (String) context.handleUnexpectedToken(String.class, parser);
        }
        var text = super.deserialize(parser, context);
        if (text != null && !RequestText.isStorable(text)) {
            throw context.weirdStringException(text, String.class, "NUL or half of a surrogate pair");
        }
        return text;
    }
}

package com.flashsale.platform.web;

import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ext.javatime.deser.InstantDeserializer;

/** Reads instants of the years 0001 to 9999: RFC 3339 has no others, and dates and databases overflow beyond them. */
final class CommonEra extends StdDeserializer<Instant> {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    CommonEra() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
        var instant = InstantDeserializer.INSTANT.deserialize(parser, context);
        if (instant != null && (instant.isBefore(FIRST) || instant.isAfter(LAST))) {
            throw context.weirdStringException(String.valueOf(instant), Instant.class, "not a year of RFC 3339");
        }
        return instant;
    }
}

package com.flashsale.systemtests;

import static com.flashsale.systemtests.Garbage.concat;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Bodies of requests as their schema describes them, sound or spoilt in one place. */
final class FuzzBodies {

    private final Random random;
    private final Garbage garbage;
    private final List<String> ids;
    private final String unique;

    /**
     * @param ids of things that exist
     * @param unique a text that no other request has
     */
    FuzzBodies(Random random, Garbage garbage, List<String> ids, String unique) {
        this.random = random;
        this.garbage = garbage;
        this.ids = ids;
        this.unique = unique;
    }

    /**
     * An object as described; spoilt, one of its fields has a value of another kind, stands there twice, or is not
     * known.
     */
    byte[] object(JsonNode schema, boolean spoilt) {
        var names = new ArrayList<>(schema.path("properties").propertyNames());
        int bad = spoilt && !names.isEmpty() ? random.nextInt(names.size()) : -1;
        var fields = new ArrayList<byte[]>();
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var required = schema.path("required")
                    .valueStream()
                    .anyMatch(one -> one.asString().equals(name));
            if (i != bad && !required && garbage.chance(0.5)) continue;
            fields.add(field(
                    name,
                    i == bad ? garbage.json() : json(schema.path("properties").path(name))));
            if (i == bad && garbage.chance(0.3))
                fields.add(field(name, json(schema.path("properties").path(name))));
        }
        if (spoilt && garbage.chance(0.2)) fields.add(field("unknown", garbage.json()));
        var all = new byte[0];
        for (var field : fields) all = all.length == 0 ? field : concat(all, ",".getBytes(UTF_8), field);
        return concat("{".getBytes(UTF_8), all, "}".getBytes(UTF_8));
    }

    private byte[] field(String name, byte[] value) {
        return concat(("\"" + name + "\":").getBytes(UTF_8), value);
    }

    private byte[] json(JsonNode schema) {
        if (schema.path("type").asString("").equals("object") || schema.has("properties")) return object(schema, false);
        return switch (schema.path("type").asString("")) {
            case "integer", "number" -> text(schema).getBytes(UTF_8);
            case "boolean" -> String.valueOf(random.nextBoolean()).getBytes(UTF_8);
            default ->
                JsonNodeFactory.instance.stringNode(text(schema)).toString().getBytes(UTF_8);
        };
    }

    /** @param spoilt says which field is spoilt and how; none if negative */
    byte[] form(JsonNode schema, int spoilt) {
        var names = new ArrayList<>(schema.path("properties").propertyNames());
        var all = new byte[0];
        for (int i = 0; i < names.size(); i++) {
            var name = names.get(i);
            var value = encoded(text(schema.path("properties").path(name))).getBytes(UTF_8);
            var field = pair(name, value);
            if (spoilt >= 0 && i == spoilt % names.size())
                field = switch (spoilt / names.size() % 8) {
                    case 0 -> pair(name, new byte[0]);
                    case 1 -> pair(name, "+".getBytes(UTF_8));
                    case 2 -> concat(field, "&".getBytes(UTF_8), field);
                    case 3 -> concat(field, "&".getBytes(UTF_8), pair(name, garbage.inForm()));
                    case 4 -> name.getBytes(UTF_8);
                    default -> pair(name, garbage.inForm());
                };
            all = i == 0 ? field : concat(all, "&".getBytes(UTF_8), field);
        }
        return all;
    }

    private static byte[] pair(String name, byte[] value) {
        return concat((name + "=").getBytes(UTF_8), value);
    }

    /** A value that the schema allows; numbers are small, or requests create 10,000 shoppers. */
    String text(JsonNode schema) {
        if (schema.has("enum"))
            return schema.path("enum")
                    .get(random.nextInt(schema.path("enum").size()))
                    .asString();
        if (schema.has("examples")) return schema.path("examples").get(0).asString();
        var format = schema.path("format").asString("");
        if (format.equals("uuid")) return garbage.one(ids);
        if (format.equals("date-time"))
            return Instant.now().plusSeconds(60 + random.nextInt(3_600)).toString();
        if (format.equals("idn-email")) return "fuzz-" + unique + "@example.com";
        if (format.equals("uri")) return "http://localhost:8080/callback";
        return switch (schema.path("type").asString("")) {
            case "integer", "number" -> String.valueOf(1 + random.nextInt(2));
            default -> "some text of no meaning";
        };
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}

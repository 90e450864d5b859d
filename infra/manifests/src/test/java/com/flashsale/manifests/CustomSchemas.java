package com.flashsale.manifests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.flashsale.manifests.SchemaRules.Shape;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The operators' kinds, by the schemas of their definitions. A kind without a schema is a violation: silence would be
 * no check.
 */
final class CustomSchemas {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final Set<String> MISSING = Set.of("required", "enum", "minItems", "minLength", "pattern");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, JsonNode> DEFINITIONS = new ConcurrentHashMap<>();

    private CustomSchemas() {}

    /** By the schema, and then by the rules that the definition carries. */
    static List<Shape> look(Resource resource) {
        if (CustomSchemas.class.getResource(file(resource)) == null) {
            return List.of(new Shape(false, "there is no schema " + file(resource)));
        }
        var rules = ValidationRules.of(definition(resource), resource.json()).problems().stream()
                .map(problem -> new Shape(true, problem));
        return Stream.concat(byShape(resource).stream(), rules).toList();
    }

    private static String file(Resource resource) {
        return "/schemas/%s_%s_%s.json"
                .formatted(
                        resource.group(),
                        resource.kind().toLowerCase(Locale.ROOT),
                        resource.apiVersion().substring(resource.apiVersion().indexOf('/') + 1));
    }

    static JsonNode definition(Resource resource) {
        return DEFINITIONS.computeIfAbsent(file(resource), file -> {
            try {
                return JSON.readTree(text(file));
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    static List<Shape> byShape(Resource resource) {
        var file = file(resource);
        return SCHEMAS
                .computeIfAbsent(file, CustomSchemas::load)
                .validate(resource.json().toString(), InputFormat.JSON)
                .stream()
                .map(error -> new Shape(
                        MISSING.contains(error.getKeyword()), error.getInstanceLocation() + " " + error.getMessage()))
                .toList();
    }

    private static Schema load(String file) {
        return REGISTRY.getSchema(text(file));
    }

    private static String text(String file) {
        try (var stream = CustomSchemas.class.getResourceAsStream(file)) {
            if (stream == null) throw new IllegalStateException(file);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

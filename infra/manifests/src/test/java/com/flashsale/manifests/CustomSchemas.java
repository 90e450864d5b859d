package com.flashsale.manifests;

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

/**
 * The operators' kinds, by the schemas of their definitions. A kind without a schema is a violation: silence would be
 * no check.
 */
final class CustomSchemas {

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();
    private static final Set<String> MISSING = Set.of("required", "enum", "minItems", "minLength", "pattern");

    private CustomSchemas() {}

    static List<Shape> look(Resource resource) {
        var file = "/schemas/%s_%s_%s.json"
                .formatted(
                        resource.group(),
                        resource.kind().toLowerCase(Locale.ROOT),
                        resource.apiVersion().substring(resource.apiVersion().indexOf('/') + 1));
        if (CustomSchemas.class.getResource(file) == null) {
            return List.of(new Shape(false, "there is no schema " + file));
        }
        return SCHEMAS
                .computeIfAbsent(file, CustomSchemas::load)
                .validate(resource.json().toString(), InputFormat.JSON)
                .stream()
                .map(error -> new Shape(
                        MISSING.contains(error.getKeyword()), error.getInstanceLocation() + " " + error.getMessage()))
                .toList();
    }

    private static Schema load(String file) {
        try (var stream = CustomSchemas.class.getResourceAsStream(file)) {
            if (stream == null) throw new IllegalStateException(file);
            return REGISTRY.getSchema(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

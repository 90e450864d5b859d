package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The rules that the operators' definitions carry themselves ({@code x-kubernetes-validations}), evaluated as the API
 * server does: after its defaults, and with Google's implementation of the Common Expression Language. Nothing of them
 * is written here, so they are a second opinion beside the rules of this module.
 *
 * <p>The form and the escaping are those of the page "Extend the Kubernetes API with CustomResourceDefinitions",
 * section "Validation rules", of the Kubernetes documentation.
 */
final class ValidationRules {

    private static final String RULES = "x-kubernetes-validations";
    /** Words of CEL, which the API server escapes in names of fields. */
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .addVar("self", SimpleType.DYN)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.strings())
            .build();
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .addLibraries(CelExtensions.strings())
            .build();
    private static final Map<String, CelRuntime.Program> PROGRAMS = new ConcurrentHashMap<>();

    private final List<String> problems = new ArrayList<>();
    private int evaluated;

    private ValidationRules() {}

    /** @param evaluated rules that had a value to judge */
    record Opinion(List<String> problems, int evaluated) {}

    static Opinion of(JsonNode schema, JsonNode resource) {
        var rules = new ValidationRules();
        rules.value(schema, resource, "");
        return new Opinion(List.copyOf(rules.problems), rules.evaluated);
    }

    /** All rules of a schema, those about a change of an object left out: a build has no older object. */
    static List<String> in(JsonNode schema) {
        return schema.findValues(RULES).stream()
                .flatMap(Resource::each)
                .map(rule -> rule.path("rule").asText())
                .filter(rule -> !isAboutAChange(rule))
                .distinct()
                .toList();
    }

    private static boolean isAboutAChange(String rule) {
        return rule.contains("oldSelf");
    }

    static CelRuntime.Program program(String rule) {
        return PROGRAMS.computeIfAbsent(rule, text -> {
            try {
                return RUNTIME.createProgram(COMPILER.compile(text).getAst());
            } catch (CelValidationException | CelEvaluationException e) {
                throw new IllegalStateException("no expression of CEL: " + text, e);
            }
        });
    }

    private Object value(JsonNode schema, JsonNode json, String path) {
        Object value;
        if (json.isObject()) value = object(schema, json, path);
        else if (json.isArray()) value = array(schema, json, path);
        else if (json.isIntegralNumber()) value = json.asLong();
        else if (json.isNumber()) value = json.asDouble();
        else if (json.isBoolean()) value = json.asBoolean();
        else value = json.asText();
        judge(schema, value, path);
        return value;
    }

    private Map<String, Object> object(JsonNode schema, JsonNode json, String path) {
        var fields = new LinkedHashMap<String, Object>();
        var known = schema.path("properties");
        json.properties().forEach(field -> {
            var name = field.getKey();
            boolean isField = known.has(name);
            var own = isField ? known.path(name) : schema.path("additionalProperties");
            fields.put(isField ? escaped(name) : name, value(own, field.getValue(), path + "/" + name));
        });
        known.properties().forEach(field -> {
            var standard = field.getValue().path("default");
            if (!standard.isMissingNode() && !json.has(field.getKey()))
                fields.put(escaped(field.getKey()), value(field.getValue(), standard, path + "/" + field.getKey()));
        });
        return fields;
    }

    private List<Object> array(JsonNode schema, JsonNode json, String path) {
        var items = new ArrayList<>();
        for (var item : json) items.add(value(schema.path("items"), item, path + "/" + items.size()));
        return items;
    }

    private static String escaped(String name) {
        if (RESERVED.contains(name)) return "__" + name + "__";
        return name.replace("__", "__underscores__")
                .replace(".", "__dot__")
                .replace("-", "__dash__")
                .replace("/", "__slash__");
    }

    private void judge(JsonNode schema, Object value, String path) {
        for (var rule : schema.path(RULES)) {
            var text = rule.path("rule").asText();
            if (isAboutAChange(text)) continue;
            evaluated++;
            try {
                if (!Boolean.TRUE.equals(program(text).eval(Map.of("self", value))))
                    problems.add(path + ": " + rule.path("message").asText(text));
            } catch (CelEvaluationException e) {
                problems.add(path + ": " + text + ": " + e.getMessage());
            }
        }
    }
}

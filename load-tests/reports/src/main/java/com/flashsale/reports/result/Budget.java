package com.flashsale.reports.result;

import com.flashsale.client.Json;
import com.flashsale.reports.result.Result.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Upper bounds of a cost card. The file is a JSON object with the members of {@link CostCard}, as many of them as have
 * a bound: {@code {"cpuMillisPerOrder": {"total": 3}, "bytesPerOrder": {"wal": 9000}, "memoryGigabytes": 3.5}}.
 */
public final class Budget {

    private static final String MEMORY = "memoryGigabytes";
    private static final double HUNDRED = 100;

    /** A cost: a member of the card and, but for the memory, its process or medium. */
    private record Cost(String member, String part) {

        @Nullable
        Double in(CostCard card) {
            return switch (member) {
                case "cpuMillisPerOrder" -> card.cpuMillisPerOrder().get(part);
                case "cpuMillisPerVisitor" -> card.cpuMillisPerVisitor().get(part);
                case "bytesPerOrder" -> card.bytesPerOrder().get(part);
                case "bytesPerVisitor" -> card.bytesPerVisitor().get(part);
                default -> card.memoryGigabytes();
            };
        }

        String name() {
            return part.isEmpty() ? member : member + " " + part;
        }
    }

    private final Map<Cost, Double> bounds = new LinkedHashMap<>();

    private Budget() {}

    /** No bounds. */
    public static Budget none() {
        return new Budget();
    }

    /**
     * Reads a budget before a run.
     *
     * @param processes of the platform, as the cost card names them
     * @throws IllegalArgumentException for a file that is missing or no JSON, for an unknown name, and for a bound that
     *     is no positive number
     */
    public static Budget read(Path file, Collection<String> processes) throws IOException {
        if (!Files.isRegularFile(file)) throw new IllegalArgumentException("There is no budget at " + file);
        try {
            return of(Json.tree(Files.readString(file)), processes);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(file + " is no JSON: " + unreadable.getOriginalMessage(), unreadable);
        }
    }

    static Budget of(JsonNode document, Collection<String> processes) {
        if (document.isEmpty() || !document.isObject()) throw new IllegalArgumentException("The budget has no bound.");
        var names = new ArrayList<>(processes);
        names.add(CostCard.TOTAL);
        var budget = new Budget();
        for (var member : document.properties()) {
            switch (member.getKey()) {
                case "cpuMillisPerOrder", "cpuMillisPerVisitor" -> budget.add(member, names);
                case "bytesPerOrder", "bytesPerVisitor" -> budget.add(member, CostCard.MEDIA);
                case MEMORY -> budget.add(new Cost(MEMORY, ""), member.getValue());
                default ->
                    throw new IllegalArgumentException("The budget has an unknown cost '" + member.getKey()
                            + "'. Known are cpuMillisPerOrder, cpuMillisPerVisitor, bytesPerOrder, bytesPerVisitor, "
                            + MEMORY + ".");
            }
        }
        return budget;
    }

    private void add(Map.Entry<String, JsonNode> member, List<String> known) {
        for (var part : member.getValue().properties()) {
            if (!known.contains(part.getKey())) {
                throw new IllegalArgumentException("The budget has an unknown name '%s' in %s. Known are %s."
                        .formatted(part.getKey(), member.getKey(), String.join(", ", known)));
            }
            add(new Cost(member.getKey(), part.getKey()), part.getValue());
        }
        if (!member.getValue().isObject() || member.getValue().isEmpty()) {
            throw new IllegalArgumentException(member.getKey() + " of the budget must be an object with bounds.");
        }
    }

    private void add(Cost cost, JsonNode bound) {
        if (!bound.isNumber() || bound.asDouble() <= 0) {
            throw new IllegalArgumentException("The bound of " + cost.name() + " must be a positive number: " + bound);
        }
        bounds.put(cost, bound.asDouble());
    }

    /** One check for each bound. A cost that the run does not tell breaks its bound. */
    public List<Check> checks(@Nullable CostCard card) {
        var checks = new ArrayList<Check>();
        bounds.forEach((cost, bound) -> {
            var found = card == null ? null : cost.in(card);
            checks.add(new Check(
                    "budget: %s at most %s".formatted(cost.name(), amount(bound)),
                    found != null && found <= bound,
                    found == null ? "not measured in this run" : text(found, bound)));
        });
        return checks;
    }

    private static String text(double found, double bound) {
        double share = Math.abs(found - bound) / bound * HUNDRED;
        return found <= bound
                ? "%s, %.1f %% below".formatted(amount(found), share)
                : "%s, %.1f %% above: %s too much".formatted(amount(found), share, amount(found - bound));
    }

    private static String amount(double value) {
        return value < HUNDRED ? "%.3f".formatted(value) : "%.0f".formatted(value);
    }
}

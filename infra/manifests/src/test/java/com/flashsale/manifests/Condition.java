package com.flashsale.manifests;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Evaluates a condition of an Argo analysis over measured values, in the part of its language that our templates use:
 * {@code || && ! < <= > >= == !=}, numbers, {@code len(result)}, {@code result[0]}, {@code isNaN} and {@code isInf}.
 * The language is <a href="https://expr-lang.org">expr</a> with two functions of Argo.
 */
final class Condition {

    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\\|\\||&&|[<>=!]=|[<>!()]|len\\(result\\)|result\\[0]|isNaN|isInf|true|false"
                    + "|[0-9]+(?:\\.[0-9]+)?|$)");

    private final String text;
    private int at;
    private String token = "";

    private Condition(String text) {
        this.text = text;
        next();
    }

    /** A part of the condition, evaluated only where it decides. */
    private interface Part {
        Object of(List<Double> result);

        default boolean holds(List<Double> result) {
            if (of(result) instanceof Boolean truth) return truth;
            throw new IllegalArgumentException("no truth");
        }

        default double number(List<Double> result) {
            if (of(result) instanceof Double number) return number;
            throw new IllegalArgumentException("no number");
        }
    }

    /** @throws IllegalArgumentException where the condition cannot be evaluated, which Argo takes for an error */
    static boolean holds(String text, List<Double> result) {
        var condition = new Condition(text);
        var whole = condition.any();
        if (!condition.token.isEmpty()) throw new IllegalArgumentException("not understood: " + text);
        return whole.holds(result);
    }

    private void next() {
        var match = TOKEN.matcher(text).region(at, text.length());
        if (!match.lookingAt()) throw new IllegalArgumentException("not understood: " + text.substring(at));
        token = match.group(1);
        at = match.end();
    }

    private boolean take(String wanted) {
        if (!token.equals(wanted)) return false;
        next();
        return true;
    }

    private Part any() {
        var left = all();
        if (!take("||")) return left;
        var right = any();
        return result -> left.holds(result) || right.holds(result);
    }

    private Part all() {
        var left = compared();
        if (!take("&&")) return left;
        var right = all();
        return result -> left.holds(result) && right.holds(result);
    }

    private Part compared() {
        if (take("!")) {
            var negated = compared();
            return result -> !negated.holds(result);
        }
        var left = value();
        var operator = token;
        if (!operator.matches("[<>]=?|[=!]=")) return left;
        next();
        var right = value();
        return result -> compare(operator, left.number(result), right.number(result));
    }

    private static boolean compare(String operator, double left, double right) {
        return switch (operator) {
            case "<" -> left < right;
            case "<=" -> left <= right;
            case ">" -> left > right;
            case ">=" -> left >= right;
            case "==" -> left == right;
            default -> left != right;
        };
    }

    private Part value() {
        var word = token;
        next();
        return switch (word) {
            case "(" -> closed(any());
            case "len(result)" -> result -> (double) result.size();
            case "result[0]" -> Condition::first;
            case "isNaN" -> {
                var inner = argument();
                yield result -> Double.isNaN(inner.number(result));
            }
            case "isInf" -> {
                var inner = argument();
                yield result -> Double.isInfinite(inner.number(result));
            }
            case "true" -> _ -> true;
            case "false" -> _ -> false;
            default -> constant(word);
        };
    }

    private Part argument() {
        if (!take("(")) throw new IllegalArgumentException("no argument: " + text);
        return closed(value());
    }

    private Part closed(Part inner) {
        if (!take(")")) throw new IllegalArgumentException("not closed: " + text);
        return inner;
    }

    private static Object first(List<Double> result) {
        if (result.isEmpty()) throw new IllegalArgumentException("no first value");
        return result.getFirst();
    }

    private static Part constant(String word) {
        if (!word.matches("[0-9.]+")) throw new IllegalArgumentException("no value: " + word);
        var number = Double.parseDouble(word);
        return _ -> number;
    }
}

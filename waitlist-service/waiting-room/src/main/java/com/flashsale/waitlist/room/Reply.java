package com.flashsale.waitlist.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a script.
 *
 * @param epoch of the room that the caller knows
 * @param outcome such as {@code ADMITTED}
 */
record Reply(long epoch, String outcome, Fields fields) {

    /** @param parts the outcome, then names and values in turn */
    static Reply of(long epoch, List<?> parts) {
        return new Reply(epoch, String.valueOf(parts.getFirst()), Fields.of(parts.subList(1, parts.size())));
    }

    boolean is(String other) {
        return outcome.equals(other);
    }

    /** Redis has no such room, or another one. */
    boolean isGone() {
        return is("GONE");
    }

    /** A list of replies. */
    List<Reply> each(String name) {
        if (!(fields.value(name) instanceof List<?> all)) throw new IllegalStateException("no list: " + name);
        return all.stream().map(this::part).toList();
    }

    private Reply part(Object reply) {
        if (!(reply instanceof List<?> parts)) throw new IllegalStateException("no reply: " + reply);
        return of(epoch, parts);
    }

    long number(String name) {
        return fields.number(name);
    }

    String text(String name) {
        return fields.text(name);
    }

    /** Values by their names. */
    record Fields(Map<String, Object> values) {

        private static Fields of(List<?> namesAndValues) {
            var values = HashMap.<String, Object>newHashMap(namesAndValues.size() / 2);
            for (int i = 0; i < namesAndValues.size(); i += 2) {
                values.put(String.valueOf(namesAndValues.get(i)), namesAndValues.get(i + 1));
            }
            return new Fields(values);
        }

        long number(String name) {
            return value(name) instanceof Number number ? number.longValue() : Long.parseLong(text(name));
        }

        String text(String name) {
            return String.valueOf(value(name));
        }

        @Nullable
        String textOrNull(String name) {
            return values.get(name) instanceof String text ? text : null;
        }

        /** A list whose elements have fields. Lua writes an empty one as {@code {}}. */
        List<Fields> all(String name) {
            return value(name) instanceof List<?> list
                    ? list.stream().map(Fields::element).toList()
                    : List.of();
        }

        private static Fields element(Object element) {
            return switch (element) {
                case Map<?, ?> json -> of(json);
                case List<?> namesAndValues -> of(namesAndValues);
                default -> throw new IllegalStateException("no fields: " + element);
            };
        }

        /** A field that is a JSON text. */
        Fields json(String name) {
            return of(ScriptArguments.JSON.readValue(text(name), Map.class));
        }

        private static Fields of(Map<?, ?> json) {
            var values = HashMap.<String, Object>newHashMap(json.size());
            json.forEach((name, value) -> values.put(String.valueOf(name), value));
            return new Fields(values);
        }

        private Object value(String name) {
            var value = values.get(name);
            if (value == null) throw new IllegalStateException("a reply without " + name + ": " + values.keySet());
            return value;
        }
    }
}

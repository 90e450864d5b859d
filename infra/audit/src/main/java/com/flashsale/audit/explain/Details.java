package com.flashsale.audit.explain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The figures of a row or an event that an explanation may show. Only fields of this list get through, so that a new
 * field of an event is hidden until this list names it.
 */
final class Details {

    /** A number, an id, a time or a code: no address, no token. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_:.+-]{1,40}");

    private final Map<String, String> values = new LinkedHashMap<>();

    static Details none() {
        return new Details();
    }

    /** Of the data of an event; anything that is no JSON object has no details. */
    static Details of(JsonNode data) {
        var details = new Details();
        details.take(data, "quantity", "quantity");
        details.take(data, "reason", "reason");
        details.take(data, "admissionId", "admission");
        details.take(data, "paymentId", "payment");
        details.take(data, "expiresAt", "until");
        details.take(data.path("stock"), "available", "available");
        details.take(data.path("stock"), "reserved", "reserved");
        details.take(data.path("stock"), "sold", "sold");
        details.take(data.path("stock"), "allotted", "allotted");
        return details;
    }

    private void take(JsonNode data, String field, String name) {
        var value = data.path(field);
        if ((value.isString() || value.isNumber())
                && PLAIN.matcher(value.asString()).matches()) {
            with(name, value.asString());
        }
    }

    Details with(String name, @Nullable Object value) {
        if (value != null) values.put(name, value.toString());
        return this;
    }

    /** A column of a row, under its own name without underscores. */
    Details with(ResultSet row, String column) throws SQLException {
        return with(column.replace('_', ' '), row.getString(column));
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    String inBrackets() {
        if (values.isEmpty()) return "";
        return " (" + this + ")";
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(value));
        return text.toString();
    }
}

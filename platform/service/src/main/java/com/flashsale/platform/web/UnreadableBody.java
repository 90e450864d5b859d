package com.flashsale.platform.web;

import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Explains in words of the API why a body is unreadable: where, but no class names and none of the caller's own text.
 */
final class UnreadableBody {

    private UnreadableBody() {}

    static String explain(HttpMessageNotReadableException unreadable) {
        return switch (unreadable.getCause()) {
            case UnrecognizedPropertyException unknown ->
                "The field '" + shortened(unknown.getPropertyName()) + "' is not known here.";
            case DatabindException mismatch ->
                "The value at '" + pathOf(mismatch) + "' is missing or of the wrong type.";
            case StreamReadException syntax ->
                "Not well-formed JSON at line " + syntax.getLocation().getLineNr() + ", column "
                        + syntax.getLocation().getColumnNr() + ".";
            case null, default -> "A JSON object is needed as the body.";
        };
    }

    /** The field whose string cannot be stored, if the body fails because of that. */
    static Optional<FieldProblem> unstorableText(HttpMessageNotReadableException unreadable) {
        return unreadable.getCause() instanceof InvalidFormatException format && format.getTargetType() == String.class
                ? Optional.of(new FieldProblem(pathOf(format), "has a NUL or half of a surrogate pair"))
                : Optional.empty();
    }

    private static String pathOf(DatabindException mismatch) {
        return mismatch.getPath().stream()
                .map(step -> step.getPropertyName() != null ? step.getPropertyName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining("."));
    }

    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}

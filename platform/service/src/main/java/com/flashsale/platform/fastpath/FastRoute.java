package com.flashsale.platform.fastpath;

import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * A {@code GET} or {@code POST} that the fast path answers. A service declares one bean for each, beside the controller
 * method that answers the same path the usual way; both call the same code.
 *
 * @param method in capitals
 * @param path the template of the controller, with at most one variable, which is a UUID
 * @param bodyType what the JSON body is read into, with its constraints
 * @param isBodyRequired false if the controller accepts a request without a body
 * @param handler answers, or throws what the controller would throw
 */
public record FastRoute<B>(
        String method,
        String path,
        Class<B> bodyType,
        boolean isBodyRequired,
        Function<Call<B>, ResponseEntity<?>> handler) {

    private static final String GET = "GET";
    private static final String POST = "POST";

    /** The length of a UUID as text. */
    private static final int VARIABLE = 36;

    /** A request whose caller may call this path and whose body fulfils its constraints. */
    public record Call<B>(
            Jwt caller,
            @Nullable UUID variableOrNull,
            @Nullable String idempotencyKey,
            @Nullable B bodyOrNull) {

        /** The variable of a path that has one. */
        public UUID variable() {
            if (variableOrNull == null) throw new IllegalStateException("a path without a variable");
            return variableOrNull;
        }

        /** The body of a route that requires one. */
        public B body() {
            if (bodyOrNull == null) throw new IllegalStateException("a request without a body");
            return bodyOrNull;
        }
    }

    public static <B> FastRoute<B> post(
            String path, Class<B> bodyType, boolean isBodyRequired, Function<Call<B>, ResponseEntity<?>> handler) {
        return new FastRoute<>(POST, path, bodyType, isBodyRequired, handler);
    }

    /** A read, whose request has no body. The handler returns the body of a 200. */
    public static FastRoute<Void> get(String path, Function<Call<Void>, Object> handler) {
        return new FastRoute<>(GET, path, Void.class, false, call -> ResponseEntity.ok(handler.apply(call)));
    }

    public FastRoute {
        if (path.indexOf('{') != path.lastIndexOf('{'))
            throw new IllegalArgumentException("A fast path has at most one variable: " + path);
    }

    boolean hasBody() {
        return method.equals(POST);
    }

    /** Whether a path as it was sent is of this route in its plainest form: not encoded, no parameters. */
    boolean matches(String sent) {
        int open = path.indexOf('{');
        if (open < 0) return path.equals(sent);
        int rest = path.length() - path.indexOf('}') - 1;
        return sent.length() == open + VARIABLE + rest
                && sent.regionMatches(0, path, 0, open)
                && sent.regionMatches(open + VARIABLE, path, path.length() - rest, rest);
    }

    boolean hasVariable() {
        return path.indexOf('{') >= 0;
    }

    /** Throws {@link IllegalArgumentException} if the text is no UUID. */
    UUID variableOf(String sent) {
        int open = path.indexOf('{');
        return UUID.fromString(sent.substring(open, open + VARIABLE));
    }
}

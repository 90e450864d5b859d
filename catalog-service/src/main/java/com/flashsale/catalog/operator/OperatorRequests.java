package com.flashsale.catalog.operator;

import static java.util.Objects.requireNonNull;

import com.flashsale.platform.idempotency.Idempotency;
import com.flashsale.platform.idempotency.IdempotencyKeys;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.loadtest.LoadTests;
import com.flashsale.platform.observability.LoadTest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Applies an operator's request, at most once if it carries an Idempotency-Key. The key is optional: few people make
 * sales, they see the result, and operators' scripts have never sent one.
 */
@Component
public class OperatorRequests {

    private static final String OPERATOR = "operator";

    private final Idempotency idempotency;
    private final JsonMapper json;

    OperatorRequests(Idempotency idempotency, JsonMapper json) {
        this.idempotency = idempotency;
        this.json = json;
    }

    /**
     * Looks for a stored response before it checks the request. A repeated request was valid when it was accepted, and
     * its times may be over by now.
     *
     * @param body the parsed body, so that a repetition may differ in white space
     * @param action checks the request and carries it out
     */
    public ResponseEntity<byte[]> apply(
            Jwt client, HttpServletRequest request, Object body, Supplier<StoredResponse> action) {
        var key = request.getHeader(IdempotencyKeys.HEADER);
        if (key == null) return action.get().toResponseEntity();
        var named = IdempotencyRequest.of(
                requireNonNull(client.getSubject()),
                IdempotencyKeys.require(key),
                request.getMethod(),
                request.getRequestURI(),
                json.writeValueAsBytes(body));
        return idempotency.execute(named, action).toResponseEntity();
    }

    /** An operator may change rows of any traffic, a load test only its own rows. */
    public void requireSameTraffic(Jwt client, @Nullable String loadTest) {
        if (!isOperator(client) && !Objects.equals(loadTest, LoadTest.current())) throw LoadTests.mismatch();
    }

    private static boolean isOperator(Jwt client) {
        // one text with spaces (RFC 9068), or a list, as auth-service writes it for machine clients
        return switch (client.getClaim("scope")) {
            case String words -> List.of(words.split(" ")).contains(OPERATOR);
            case Collection<?> list -> list.contains(OPERATOR);
            case null, default -> false;
        };
    }

    public StoredResponse created(String location, Object view) {
        return new StoredResponse(201, location, json.writeValueAsBytes(view));
    }

    public StoredResponse ok(Object view) {
        return new StoredResponse(200, null, json.writeValueAsBytes(view));
    }
}

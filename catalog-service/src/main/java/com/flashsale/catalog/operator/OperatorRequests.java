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
 * Applies a request of an operator, once if it names itself by an Idempotency-Key. The key is a choice here: few people make sales,
 * they see what they made, and scripts of operators have always done without.
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
     * The kept response comes before any look at the request: it was valid when it was accepted, whatever time it is now.
     *
     * @param body as it was understood, so that a repetition may differ in white space
     * @param action checks the request and does it
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

    /** An operator may touch all there is; a load test only its own. */
    public void requireSameTraffic(Jwt client, @Nullable String loadTest) {
        if (!isOperator(client) && !Objects.equals(loadTest, LoadTest.current())) throw LoadTests.mismatch();
    }

    private static boolean isOperator(Jwt client) {
        // words in one text (RFC 9068), or a list of them, as our auth-service writes it for machines
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

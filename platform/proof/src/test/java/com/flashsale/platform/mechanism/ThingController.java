package com.flashsale.platform.mechanism;

import com.flashsale.platform.idempotency.Idempotency;
import com.flashsale.platform.idempotency.IdempotencyKeys;
import com.flashsale.platform.idempotency.IdempotencyRequest;
import com.flashsale.platform.idempotency.StoredResponse;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.time.Ids;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
class ThingController {

    static final ProblemType NAME_TAKEN = new ProblemType("name-taken", 409, "Another thing has this name.");

    record NewThing(@NotBlank String name, @Min(1) int count) {}

    enum Shape {
        ROUND,
        SQUARE
    }

    /** One field of each kind that requests have. */
    record Kinds(
            @Nullable String text,
            @Nullable List<String> texts,
            @Nullable Map<String, String> named,
            @Nullable Instant at,
            @Nullable Duration lasts,
            @Nullable BigDecimal amount,
            @Nullable Long count,
            @Nullable UUID id,
            @Nullable Shape shape) {}

    private final JdbcClient jdbc;
    private final Idempotency idempotency;
    private final JsonMapper json;

    ThingController(JdbcClient jdbc, Idempotency idempotency, JsonMapper json) {
        this.jdbc = jdbc;
        this.idempotency = idempotency;
        this.json = json;
    }

    @GetMapping("/open/hello")
    String hello() {
        return "hello";
    }

    @GetMapping("/open/fault")
    String fault() {
        throw new IllegalStateException("the secret of the house");
    }

    @GetMapping("/open/echo/{part}")
    String echo(@PathVariable String part, @RequestParam(required = false) @Nullable String text) {
        return part + text;
    }

    @PostMapping("/open/form")
    String form(@RequestParam String text) {
        return text;
    }

    /** Stores each value, as a service would. */
    @PostMapping("/open/kinds")
    void kinds(@RequestBody Kinds kinds) {
        jdbc.sql("select :text::text, :at::timestamptz, :amount::numeric, :count::int, :id::uuid")
                .param("text", kinds.text(), Types.VARCHAR)
                .param("at", kinds.at() == null ? null : kinds.at().toString(), Types.VARCHAR)
                .param("amount", kinds.amount())
                .param("count", kinds.count())
                .param("id", kinds.id())
                .query()
                .listOfRows();
    }

    @PostMapping("/things")
    ResponseEntity<byte[]> create(
            @AuthenticationPrincipal Jwt token,
            @RequestHeader(name = IdempotencyKeys.HEADER, required = false) @Nullable String key,
            @Valid @RequestBody NewThing thing) {
        var request = IdempotencyRequest.of(
                token.getSubject(), IdempotencyKeys.require(key), "POST", "/things", json.writeValueAsBytes(thing));
        return idempotency.execute(request, () -> insert(thing)).toResponseEntity();
    }

    private StoredResponse insert(NewThing thing) {
        if (thing.name().equals("taken")) throw new ProblemException(NAME_TAKEN, "Choose another.");
        if (thing.name().equals("broken")) throw new IllegalStateException("the secret of the house");
        var id = Ids.next();
        jdbc.sql("insert into thing (id, name) values (:id, :name)")
                .param("id", id)
                .param("name", thing.name())
                .update();
        return new StoredResponse(201, "/things/" + id, json.writeValueAsBytes(Map.of("id", id)));
    }
}

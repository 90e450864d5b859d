package com.flashsale.platform.idempotency;

import static com.flashsale.platform.sql.Columns.shorts;
import static com.flashsale.platform.sql.Columns.texts;
import static org.springframework.transaction.annotation.Propagation.MANDATORY;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemTypes;
import java.sql.Types;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * Insert first, then act: the record is written before the effect and in its transaction. A twin that comes in between
 * waits at the unique row until the first is through, and is then given the same answer. Only answers with an effect
 * are kept: a refusal rolls its record back.
 */
public class Idempotency {

    private final JdbcClient jdbc;

    Idempotency(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Does the action once for this key, in one transaction with the record of its answer; 422 if the key was used for
     * another request.
     */
    @Transactional
    public StoredResponse execute(IdempotencyRequest request, Supplier<StoredResponse> action) {
        if (claim(List.of(request), List.of(new StoredResponse(202, null, new byte[0])))
                .isEmpty()) return replay(request);
        var response = action.get();
        jdbc.sql("""
                update idempotency_record
                   set status = :status, location = :location, body = :body
                 where scope = :scope and key = :key
                """)
                .param("status", response.status())
                .param("location", response.location(), Types.VARCHAR)
                .param("body", response.body())
                .param("scope", request.scope())
                .param("key", request.key())
                .update();
        return response;
    }

    /**
     * Claims many keys in one statement, each with the answer that it will have; returns those that were free. Also of
     * two equal keys in one batch only the first is claimed.
     */
    @Transactional(propagation = MANDATORY)
    public Set<IdempotencyRequest.Id> claim(List<IdempotencyRequest> requests, List<StoredResponse> answers) {
        return new HashSet<>(jdbc.sql("""
                insert into idempotency_record (scope, key, fingerprint, status, location, body, load_test)
                select scope, key, decode(fingerprint, 'hex'), status, location, body, load_test
                  from unnest(:scopes::text[], :keys::text[], :fingerprints::text[], :statuses::smallint[],
                              :locations::text[], :bodies::bytea[], :loadTests::text[])
                       as t (scope, key, fingerprint, status, location, body, load_test)
                 order by scope, key
                on conflict do nothing
                returning scope, key
                """)
                .param("scopes", texts(requests, IdempotencyRequest::scope))
                .param("keys", texts(requests, IdempotencyRequest::key))
                .param("fingerprints", texts(requests, IdempotencyRequest::fingerprint))
                .param("statuses", shorts(answers, StoredResponse::status))
                .param("locations", texts(answers, StoredResponse::location))
                .param("bodies", answers.stream().map(StoredResponse::body).toArray(byte[][]::new))
                .param("loadTests", texts(requests, IdempotencyRequest::loadTest))
                .query(IdempotencyRequest.Id.class)
                .list());
    }

    /** Gives keys back whose request was refused after all, in the same transaction as the claim. */
    @Transactional(propagation = MANDATORY)
    public void forget(Collection<IdempotencyRequest.Id> ids) {
        if (ids.isEmpty()) return;
        jdbc.sql("""
                delete from idempotency_record
                 where (scope, key) in (select * from unnest(:scopes::text[], :keys::text[]))
                """)
                .param("scopes", texts(ids, IdempotencyRequest.Id::scope))
                .param("keys", texts(ids, IdempotencyRequest.Id::key))
                .update();
    }

    /** The stored answer of this request, if there is one; 422 if its key was used for another request. */
    public Optional<StoredResponse> find(IdempotencyRequest request) {
        record Row(String fingerprint, int status, @Nullable String location, byte[] body) {}
        var found = jdbc.sql("""
                select encode(fingerprint, 'hex') as fingerprint, status, location, body
                  from idempotency_record
                 where scope = :scope and key = :key
                """)
                .param("scope", request.scope())
                .param("key", request.key())
                .query((row, _) -> new Row(row.getString(1), row.getInt(2), row.getString(3), row.getBytes(4)))
                .optional();
        if (found.isPresent() && !found.get().fingerprint().equals(request.fingerprint())) {
            throw new ProblemException(
                    ProblemTypes.IDEMPOTENCY_KEY_REUSED, "Repeat the first request exactly, or send a new key.");
        }
        return found.map(row -> new StoredResponse(row.status(), row.location(), row.body(), true));
    }

    private StoredResponse replay(IdempotencyRequest request) {
        return find(request)
                .orElseThrow(() ->
                        new ProblemException(ProblemTypes.IDEMPOTENCY_KEY_IN_USE, "Repeat the request in a second."));
    }
}

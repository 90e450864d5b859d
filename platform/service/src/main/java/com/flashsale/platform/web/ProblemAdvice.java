package com.flashsale.platform.web;

import com.flashsale.platform.database.DatabaseFailures;
import com.flashsale.platform.groupcommit.OutcomeUnknownException;
import com.flashsale.platform.groupcommit.OverloadedException;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.problem.ProblemTypes;
import java.util.List;
import java.util.Map;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns each exception that ends a request into a problem document. Messages of our own faults stay in the log, under
 * the trace id.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 10)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(ProblemException problem) {
        return ProblemResponses.of(problem);
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> overloaded(OverloadedException full) {
        return ProblemResponses.of(
                new ProblemException(ProblemTypes.OVERLOADED, "Nothing was done; try again in a second."));
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> unknown(OutcomeUnknownException slow) {
        log.warn("Answered 503: {}", slow.toString());
        return ProblemResponses.of(new ProblemException(
                ProblemTypes.OVERLOADED, "The outcome is not known yet; repeat with the same Idempotency-Key."));
    }

    /** Parameters and headers that the container or the firewall refuses to read. */
    @ExceptionHandler({InvalidParameterException.class, RequestRejectedException.class})
    ResponseEntity<Map<String, Object>> illFormed(RuntimeException refused) {
        var refusal = RequestTextFilter.refusalOf(refused);
        return ProblemResponses.of(refusal == null ? RequestTextFilter.illFormed() : refusal);
    }

    /**
     * A value that no column of its kind can hold is the caller's; any other broken rule of the database is our fault.
     */
    @ExceptionHandler
    ResponseEntity<Map<String, Object>> notStorable(DataIntegrityViolationException violation) {
        if (!UnstorableValue.isCauseOf(violation)) return fault(violation);
        log.warn("Answered 400: {}", violation.toString());
        return ProblemResponses.of(
                new ProblemException(ProblemTypes.INVALID_REQUEST, "A value is out of range or cannot be stored."));
    }

    /** Belongs to Spring Security, which answers 401 or 403. */
    @ExceptionHandler
    void denied(AccessDeniedException denied) {
        throw denied;
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> fault(RuntimeException fault) {
        if (DatabaseFailures.isUnavailable(fault)) {
            log.warn("Answered 503: {}", fault.toString());
            return ProblemResponses.of(new ProblemException(ProblemTypes.OVERLOADED, "Try again in a second."));
        }
        log.error("Request failed", fault);
        return ProblemResponses.of(new ProblemException(
                ProblemTypes.INTERNAL_ERROR, "Please try again; report the trace id if the error stays."));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getBindingResult().getFieldErrors().stream()
                .map(error -> new FieldProblem(error.getField(), String.valueOf(error.getDefaultMessage())))
                .toList();
        return answer(invalidRequest(errors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException invalid, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var errors = invalid.getParameterValidationResults().stream()
                .flatMap(result -> result.getResolvableErrors().stream()
                        .map(error -> new FieldProblem(
                                String.valueOf(result.getMethodParameter().getParameterName()),
                                String.valueOf(error.getDefaultMessage()))))
                .toList();
        return answer(invalidRequest(errors));
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException unreadable,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        if (BodyTooLargeException.isCauseOf(unreadable)) {
            return answer(new ProblemException(ProblemTypes.PAYLOAD_TOO_LARGE, "Send a smaller body."));
        }
        var text = UnreadableBody.unstorableText(unreadable);
        if (text.isPresent()) return answer(invalidRequest(List.of(text.get())));
        return answer(new ProblemException(ProblemTypes.MALFORMED_JSON, UnreadableBody.explain(unreadable)));
    }

    /**
     * All the rest that Spring MVC refuses by itself: unknown path, method, media type, missing or mistyped parameter.
     */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception refused, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var answer = ProblemResponses.of(new ProblemException(typeOf(status), detailOf(status)));
        var merged = HttpHeaders.copyOf(answer.getHeaders());
        if (headers.getAllow().isEmpty()) return new ResponseEntity<>(answer.getBody(), merged, status);
        merged.setAllow(headers.getAllow());
        return new ResponseEntity<>(answer.getBody(), merged, status);
    }

    private static ProblemType typeOf(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> ProblemTypes.NOT_FOUND;
            case 405 -> ProblemTypes.METHOD_NOT_ALLOWED;
            case 406 -> ProblemTypes.NOT_ACCEPTABLE;
            case 413 -> ProblemTypes.PAYLOAD_TOO_LARGE;
            case 415 -> ProblemTypes.UNSUPPORTED_MEDIA_TYPE;
            case 503 -> ProblemTypes.OVERLOADED;
            default -> status.is4xxClientError() ? ProblemTypes.INVALID_REQUEST : ProblemTypes.INTERNAL_ERROR;
        };
    }

    private static String detailOf(HttpStatusCode status) {
        return status.is4xxClientError() ? "See the title, and the API description at /docs." : "Please try again.";
    }

    private static ProblemException invalidRequest(List<FieldProblem> errors) {
        var detail = errors.stream()
                .map(error -> error.field() + " " + error.message())
                .sorted()
                .toList();
        return new ProblemException(ProblemTypes.INVALID_REQUEST, String.join("; ", detail)).with("errors", errors);
    }

    private static ResponseEntity<Object> answer(ProblemException problem) {
        var answer = ProblemResponses.of(problem);
        return new ResponseEntity<>(answer.getBody(), answer.getHeaders(), answer.getStatusCode());
    }
}

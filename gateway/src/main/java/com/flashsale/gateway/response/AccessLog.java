package com.flashsale.gateway.response;

import com.flashsale.gateway.client.Trace;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.platform.observability.TraceContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;

/**
 * One line for each request, written by the log's own thread. It names the row of the table, never an id, an address or
 * a header.
 */
@Component
public class AccessLog {

    private static final Logger log = LoggerFactory.getLogger("access");

    /**
     * @param nanos from the request to the end of the response
     * @param cause the name of the failure behind a problem; null for none
     * @param end how the response ended
     */
    public record Entry(
            HttpMethod method,
            Endpoint endpoint,
            int status,
            long nanos,
            TraceContext trace,
            @Nullable String cause,
            SignalType end) {}

    public void write(ServerWebExchange exchange, SignalType end, long nanos) {
        var status = exchange.getResponse().getStatusCode();
        write(new Entry(
                exchange.getRequest().getMethod(),
                Endpoint.of(exchange),
                status == null ? HttpStatus.OK.value() : status.value(),
                nanos,
                Trace.of(exchange),
                ProblemWriter.causeOf(exchange),
                end));
    }

    public void write(Entry entry) {
        if (!log.isInfoEnabled()) return;
        try (var _ = entry.trace().open()) {
            var line = log.atInfo()
                    .addKeyValue("method", entry.method().name())
                    .addKeyValue("path", entry.endpoint().template())
                    .addKeyValue("status", entry.status())
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(entry.nanos()))
                    .addKeyValue("upstream", entry.endpoint().upstream().service());
            if (entry.cause() != null) line = line.addKeyValue("cause", entry.cause());
            if (entry.end() != SignalType.ON_COMPLETE)
                line = line.addKeyValue("end", entry.end().toString());
            line.log("request");
        }
    }
}

package com.flashsale.gateway.response;

import com.flashsale.gateway.client.Trace;
import com.flashsale.gateway.route.Endpoint;
import com.flashsale.platform.observability.TraceContext;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;
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

    public void write(ServerWebExchange exchange, SignalType end, long nanos) {
        if (!log.isInfoEnabled()) return;
        var status = exchange.getResponse().getStatusCode();
        var cause = ProblemWriter.causeOf(exchange);
        try (var _ = Trace.of(exchange).open()) {
            var line = line(
                    exchange.getRequest().getMethod(),
                    Endpoint.of(exchange),
                    status == null ? HttpStatus.OK.value() : status.value(),
                    nanos);
            if (cause != null) line = line.addKeyValue("cause", cause);
            if (end != SignalType.ON_COMPLETE) line = line.addKeyValue("end", end.toString());
            line.log("request");
        }
    }

    /** Of a request that was answered without an exchange. */
    public void write(HttpMethod method, Endpoint endpoint, int status, long nanos, TraceContext trace) {
        if (!log.isInfoEnabled()) return;
        try (var _ = trace.open()) {
            line(method, endpoint, status, nanos).log("request");
        }
    }

    private static LoggingEventBuilder line(HttpMethod method, Endpoint endpoint, int status, long nanos) {
        return log.atInfo()
                .addKeyValue("method", method.name())
                .addKeyValue("path", endpoint.template())
                .addKeyValue("status", status)
                .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                .addKeyValue("upstream", endpoint.upstream().service());
    }
}

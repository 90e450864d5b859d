package com.flashsale.gateway.edge;

import com.flashsale.gateway.problem.Problems;
import com.flashsale.gateway.route.Endpoint;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.SignalType;

/** One line for each request, written by the log's own thread. It names the row of the table, never an id, an address or a header. */
@Component
public class AccessLog {

    private static final Logger log = LoggerFactory.getLogger("access");

    public void write(ServerWebExchange exchange, SignalType end, long nanos) {
        if (!log.isInfoEnabled()) return;
        var endpoint = Endpoint.of(exchange);
        var status = exchange.getResponse().getStatusCode();
        try (var _ = Trace.of(exchange).open()) {
            var line = log.atInfo()
                    .addKeyValue("method", exchange.getRequest().getMethod().name())
                    .addKeyValue("path", endpoint.template())
                    .addKeyValue("status", status == null ? 200 : status.value())
                    .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(nanos))
                    .addKeyValue("upstream", endpoint.upstream().service());
            var cause = Problems.causeOf(exchange);
            if (cause != null) line = line.addKeyValue("cause", cause);
            if (end != SignalType.ON_COMPLETE) line = line.addKeyValue("end", end.toString());
            line.log("request");
        }
    }
}

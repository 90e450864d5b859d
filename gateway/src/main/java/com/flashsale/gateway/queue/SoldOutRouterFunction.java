package com.flashsale.gateway.queue;

import com.flashsale.gateway.auth.Caller;
import com.flashsale.gateway.client.Trace;
import com.flashsale.gateway.ratelimit.RateLimits;
import com.flashsale.platform.observability.LoadTest;
import com.flashsale.platform.observability.TraceContext;
import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Answers joins of a sold-out sale, since most of a crowd comes too late. The document is the one that waitlist-service
 * would write. A request goes on to the service if its customer may have a place already, if it shows a ticket, or if
 * it cannot be matched against the snapshot. All requests go on while nothing is known.
 */
@Component
public class SoldOutRouterFunction implements RouterFunction<ServerResponse> {

    private static final ProblemType SOLD_OUT = new ProblemType("sold-out", 409, "All units are taken.");
    private static final PathPattern JOIN =
            PathPatternParser.defaultInstance.parse("/api/v1/sales/{saleId}/queue-tickets");
    private static final Pattern NO_TICKET = Pattern.compile("\\s*\\{\\s*}\\s*");
    public static final int LONGEST_WITHOUT_TICKET = 16;

    private final TicketHoldersCache sales;
    private final RateLimits limits;
    private final Counter answered;
    private final InstantSource clock = InstantSource.system();

    SoldOutRouterFunction(TicketHoldersCache sales, RateLimits limits, MeterRegistry meters) {
        this.sales = sales;
        this.limits = limits;
        answered = meters.counter("gateway.queue.soldout");
    }

    @Override
    public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        if (!HttpMethod.POST.equals(request.method())) return Mono.empty();
        var path = JOIN.matchAndExtract(request.requestPath().pathWithinApplication());
        if (path == null) return Mono.empty();
        var sale = SaleIds.idOrNull(path.getUriVariables().get("saleId"));
        if (sale == null || !isForNewcomer(sale, request)) return Mono.empty();
        return showsNoTicket(request.exchange().getRequest())
                .filter(Boolean::booleanValue)
                .map(_ -> _ -> refuse(sale));
    }

    private Mono<ServerResponse> refuse(UUID sale) {
        return Mono.error(refusal(sale));
    }

    public ProblemException refusal(UUID sale) {
        answered.increment();
        return new ProblemException(
                        SOLD_OUT, "Units that come back go to the waitlist; your ticket keeps its place there.")
                .with("waitlist", "/api/v1/sales/" + sale + "/waitlist-entries");
    }

    private boolean isForNewcomer(UUID sale, ServerRequest request) {
        var exchange = request.exchange();
        if (!(Caller.of(exchange) instanceof Caller.Known caller)) return false;
        var loadTest = caller.loadTestOf(exchange.getRequest().getHeaders().getFirst(LoadTest.HEADER));
        return isForNewcomer(sale, caller, loadTest, Trace.of(exchange));
    }

    /** @param loadTest the load test of the request; null for none */
    public boolean isForNewcomer(UUID sale, Caller.Known caller, @Nullable String loadTest, TraceContext trace) {
        var customer = caller.shops() ? SaleIds.idOrNull(caller.subject()) : null;
        if (customer == null) return false;
        Optional<TicketHolders> holders = sales.of(sale, () -> limits.mayLookUp(caller.subject()), trace);
        return holders.isPresent()
                && clock.instant().isBefore(holders.get().endsAt())
                && Objects.equals(holders.get().loadTest(), loadTest)
                && !holders.get().customers().mayContain(customer);
    }

    /** Whether the body is plainly without a ticket; the service reads any other body. */
    public static boolean showsNoTicket(@Nullable String type, String body) {
        var isJson = type != null && type.startsWith("application/json");
        return body.isEmpty()
                ? type == null || isJson
                : isJson && NO_TICKET.matcher(body).matches();
    }

    /** Checks the body of the request, which is in memory already. */
    private static Mono<Boolean> showsNoTicket(ServerHttpRequest request) {
        var type = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        var length = request.getHeaders().getContentLength();
        if (length <= 0) return Mono.just(showsNoTicket(type, ""));
        if (length > LONGEST_WITHOUT_TICKET) return Mono.just(false);
        return DataBufferUtils.join(request.getBody()).map(buffer -> {
            try {
                return showsNoTicket(type, buffer.toString(StandardCharsets.UTF_8));
            } finally {
                DataBufferUtils.release(buffer);
            }
        });
    }
}

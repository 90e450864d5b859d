package com.flashsale.gateway.switches;

import com.flashsale.platform.problem.ProblemException;
import com.flashsale.platform.problem.ProblemType;
import com.flashsale.platform.switches.Switch;
import com.flashsale.platform.switches.Switches;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which requests an operator has stopped. Each is a POST that brings a customer closer to a unit; leaving, cancelling
 * and reading go on. While all switches are on, a request costs two reads of a field.
 */
@Component
public class StoppedRequests {

    private static final ProblemType PAYMENTS_STOPPED =
            new ProblemType("payments-stopped", 503, "Payments are stopped at the moment.");
    private static final ProblemType BROWSE_ONLY =
            new ProblemType("browse-only", 503, "Nothing can be bought at the moment.");

    /** A bad moment lasts minutes. The shop's pages show a wait this long to the customer instead of repeating. */
    private static final Duration COME_BACK = Duration.ofSeconds(30);

    private static final PathPattern PAYMENT = pattern("/api/v1/orders/{orderId}/payments");
    private static final List<PathPattern> PURCHASE = Stream.concat(
                    Stream.of(PAYMENT),
                    Stream.of(
                                    "/api/v1/sales/{saleId}/queue-tickets",
                                    "/api/v1/sales/{saleId}/admissions",
                                    "/api/v1/sales/{saleId}/waitlist-entries",
                                    "/api/v1/orders")
                            .map(StoppedRequests::pattern))
            .toList();

    private final Switch payments;
    private final Switch purchases;

    StoppedRequests(Switches switches) {
        payments = switches.named("payments");
        purchases = switches.named("purchases");
    }

    /** The refusal of a stopped request; null where the request may go on. */
    public @Nullable ProblemException refusalOf(HttpMethod method, PathContainer path) {
        return isAnyOff() && HttpMethod.POST.equals(method) ? refusalOfPost(path) : null;
    }

    /** The same for a path as text. */
    public @Nullable ProblemException refusalOf(HttpMethod method, String path) {
        return isAnyOff() && HttpMethod.POST.equals(method) ? refusalOfPost(PathContainer.parsePath(path)) : null;
    }

    private boolean isAnyOff() {
        return !purchases.isOn() || !payments.isOn();
    }

    private @Nullable ProblemException refusalOfPost(PathContainer path) {
        if (!purchases.isOn() && PURCHASE.stream().anyMatch(each -> each.matches(path))) {
            return refuse(BROWSE_ONLY, "The shop shows its sales; places in queues are kept.");
        }
        if (!payments.isOn() && PAYMENT.matches(path)) {
            return refuse(PAYMENTS_STOPPED, "This request began no payment; the order waits until its hold ends.");
        }
        return null;
    }

    private static ProblemException refuse(ProblemType type, String detail) {
        return new ProblemException(type, detail).retryAfter(COME_BACK);
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }
}

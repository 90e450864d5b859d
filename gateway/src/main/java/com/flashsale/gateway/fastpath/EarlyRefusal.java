package com.flashsale.gateway.fastpath;

import com.flashsale.gateway.overload.InFlight;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Refuses requests without room before they cost a token check, a round trip or a line of the log. Under a flood most
 * requests are refused. Runs last, since final answers come first: a customer does not return after learning that a
 * sale is sold out.
 */
@Component
@Order(EarlyRefusal.LAST)
class EarlyRefusal implements EarlyAnswer {

    static final int LAST = 100;

    private final InFlight inFlight;
    private final EarlyResponses responses;

    EarlyRefusal(InFlight inFlight, EarlyResponses responses) {
        this.inFlight = inFlight;
        this.responses = responses;
    }

    @Override
    public boolean isAbout(EarlyRequest request) {
        return inFlight.isCrowded();
    }

    @Override
    public @Nullable FullHttpResponse to(EarlyRequest request, byte[] body) {
        var cost = request.endpoint().cost();
        if (!inFlight.isFull(cost)) return null;
        inFlight.countRefused(cost);
        return responses.problem(request, InFlight.overloaded());
    }

    @Override
    public void passed(EarlyRequest request) {
        inFlight.comes(request.endpoint().cost());
    }

    @Override
    public void ended(EarlyRequest request) {
        inFlight.goes(request.endpoint().cost());
    }
}

package com.flashsale.gateway.route;

import java.util.Set;
import org.springframework.http.HttpMethod;

/** What the table says of a request. */
public sealed interface Match {

    record Found(Endpoint endpoint) implements Match {}

    record WrongMethod(Set<HttpMethod> allowed) implements Match {}

    /** A question about the path: which methods it takes. */
    record Options(Set<HttpMethod> allowed) implements Match {}

    record Unknown() implements Match {}

    /** The path could mean different things to different servers. */
    record Unreadable() implements Match {}

    /** The row to charge and log by, whether or not there is one. */
    default Endpoint endpointOrUnknown() {
        return this instanceof Found(var endpoint) ? endpoint : Endpoint.UNKNOWN;
    }
}

package com.flashsale.gateway.route;

import java.util.Set;
import org.springframework.http.HttpMethod;

/** Result of matching a request against the table of endpoints. */
public sealed interface Match {

    record Found(Endpoint endpoint) implements Match {}

    record WrongMethod(Set<HttpMethod> allowed) implements Match {}

    /** A question about the path: its methods. */
    record Options(Set<HttpMethod> allowed) implements Match {}

    record Unknown() implements Match {}

    /** The path could mean different things to different servers. */
    record Malformed() implements Match {}

    /** The row for charging and logging; the fallback row when no row matches. */
    default Endpoint endpointOrUnknown() {
        return this instanceof Found(var endpoint) ? endpoint : Endpoint.UNKNOWN;
    }
}

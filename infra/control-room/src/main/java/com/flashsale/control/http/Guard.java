package com.flashsale.control.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps other sites out. The server is on loopback and asks for no password, so each page that a browser of this
 * machine opens could send requests to it.
 *
 * <ul>
 *   <li>The Host must be a name of loopback with this port. It is another one after DNS rebinding.
 *   <li>An Origin must be this server's own. The shop has another port, so it has another origin.
 *   <li>A request that changes something needs the header {@value #HEADER}. A form cannot set it, and for a script of
 *       another origin the browser asks first, which this server does not allow.
 * </ul>
 */
final class Guard {

    static final String HEADER = "X-Control-Room";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final List<String> hosts;

    Guard(int port) {
        this.hosts = List.of("localhost:" + port, "127.0.0.1:" + port, "[::1]:" + port);
    }

    void check(String method, Headers headers) throws RefusedException {
        var host = only(headers, "Host");
        if (host == null || !hosts.contains(host)) {
            throw new RefusedException(Problem.MISDIRECTED_REQUEST, "Use http://" + hosts.getFirst() + "/control/.");
        }
        var origin = only(headers, "Origin");
        if (origin != null && !origin.equals("http://" + host)) throw foreign();
        if (SAFE.contains(method)) return;
        var site = only(headers, "Sec-Fetch-Site");
        if (site != null && !OWN_SITES.contains(site)) throw foreign();
        if (!"1".equals(only(headers, HEADER))) {
            throw new RefusedException(Problem.FORBIDDEN, "Send the header " + HEADER + ": 1.");
        }
    }

    private static RefusedException foreign() {
        return new RefusedException(Problem.FORBIDDEN, "Only pages of the control room itself may send this.");
    }

    /** A header that comes twice has no value that counts. */
    private static @Nullable String only(Headers headers, String name) throws RefusedException {
        var values = headers.get(name);
        if (values == null || values.isEmpty()) return null;
        if (values.size() > 1) throw new RefusedException(Problem.INVALID_REQUEST, "Send " + name + " once.");
        return values.getFirst();
    }
}

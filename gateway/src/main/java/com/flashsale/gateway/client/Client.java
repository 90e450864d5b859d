package com.flashsale.gateway.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.springframework.web.server.ServerWebExchange;

/**
 * The client of a request, as far as the gateway believes it.
 *
 * @param address the client's own, or that of the nearest hop which no trusted proxy vouches for
 * @param scheme of the client's request
 * @param host of the client's request
 */
public record Client(InetAddress address, String scheme, String host) {

    private static final String ATTRIBUTE = Client.class.getName();
    private static final int SUBSCRIBER_BYTES = 8;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** One subscriber has 2^64 addresses of IPv6, so the network counts as the client. */
    public String network() {
        if (!(address instanceof Inet6Address)) return address.getHostAddress();
        try {
            var prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), SUBSCRIBER_BYTES), 16);
            return InetAddress.getByAddress(prefix).getHostAddress() + "/64";
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The port that the client asked for; a service needs it to say where it can be found. */
    public int port() {
        var colon = host.lastIndexOf(':');
        var digits = colon > host.lastIndexOf(']') ? host.substring(colon + 1) : "";
        if (digits.matches("[0-9]{1,5}")) return Integer.parseInt(digits);
        return scheme.equals("https") ? HTTPS : HTTP;
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    public static Client of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }
}

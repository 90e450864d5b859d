package com.flashsale.auth.signin;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where an attempt comes from.
 *
 * @param subscriber an IPv4 address, or the 64-bit network that one IPv6 subscriber has at least
 * @param site for IPv6 the 48-bit network, of which one subscriber may have all 65,536 networks; otherwise the
 *     subscriber again
 */
record ClientNetwork(String subscriber, String site) {

    private static final int SUBSCRIBER_BYTES = 8;
    private static final int SITE_BYTES = 6;
    /** No address is longer; longer text is not parsed. */
    private static final int LONGEST = 64;

    static ClientNetwork of(String address) {
        if (address.length() > LONGEST || address.indexOf(':') < 0) return whole(address);
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? new ClientNetwork(prefix(six, SUBSCRIBER_BYTES), prefix(six, SITE_BYTES))
                    : whole(address);
        } catch (IllegalArgumentException noAddress) {
            return whole(address);
        }
    }

    private static ClientNetwork whole(String address) {
        return new ClientNetwork(address, address);
    }

    private static String prefix(Inet6Address address, int bytes) {
        return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), bytes));
    }
}

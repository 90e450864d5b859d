package com.flashsale.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Blocks of addresses in network policies. */
final class Blocks {

    /** RFC 1918, carrier-grade NAT (RFC 6598), and link-local, where a cloud keeps the credentials of a node. */
    private static final List<String> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10");

    private static final List<String> PRIVATE_6 = List.of("fc00::/7", "fe80::/10");

    private Blocks() {}

    /** Whether a block without its exceptions contains any private address. */
    static boolean reachesPrivate(JsonNode block) {
        var cidr = block.path("cidr").asText();
        var exceptions = Resource.texts(block.path("except"));
        if (cidr.contains(":")) return !exceptions.containsAll(PRIVATE_6);
        return PRIVATE.stream()
                .filter(range -> contains(cidr, range) || contains(range, cidr))
                .anyMatch(range -> exceptions.stream().noneMatch(exception -> contains(exception, range)));
    }

    private static boolean contains(String outer, String inner) {
        if (outer.contains(":") || inner.contains(":")) return false;
        return length(outer) <= length(inner) && (bits(inner) & mask(outer)) == (bits(outer) & mask(outer));
    }

    private static int length(String cidr) {
        return Integer.parseInt(cidr.substring(cidr.indexOf('/') + 1));
    }

    private static long mask(String cidr) {
        return length(cidr) == 0 ? 0 : -1L << (32 - length(cidr)) & 0xffffffffL;
    }

    private static long bits(String cidr) {
        var bits = 0L;
        for (var part : cidr.substring(0, cidr.indexOf('/')).split("\\.", -1))
            bits = bits << 8 | Integer.parseInt(part);
        return bits;
    }
}

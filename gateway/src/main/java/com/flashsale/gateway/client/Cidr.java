package com.flashsale.gateway.client;

import java.net.InetAddress;

/** A block of addresses, for example {@code 10.0.0.0/8} or {@code ::1/128}; a single address is a block of one. */
record Cidr(InetAddress network, int bits) {

    static Cidr of(String text) {
        var slash = text.indexOf('/');
        // ofLiteral never asks a name server
        var network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        var all = network.getAddress().length * 8;
        var bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > all) throw new IllegalArgumentException("not a block of addresses: " + text);
        return new Cidr(network, bits);
    }

    boolean contains(InetAddress address) {
        var ours = network.getAddress();
        var theirs = address.getAddress();
        if (ours.length != theirs.length) return false;
        for (var bit = 0; bit < bits; bit += 8) {
            var mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) return false;
        }
        return true;
    }
}

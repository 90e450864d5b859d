package com.flashsale.waitlist.simulation;

import java.util.List;

/** The processes of a run, as onlookers see them. */
final class Lanes {

    static final String CUSTOMERS = "customers";
    static final String CATALOG = "catalog-service";
    static final String ORDERS = "order-service";
    static final String INVENTORY = "inventory-service";
    static final String FIRST = "waitlist replica 1";
    static final String SECOND = "waitlist replica 2";
    static final String REDIS = "Redis";
    static final String CLOCKS = "clocks";

    static final List<String> ALL = List.of(CUSTOMERS, CATALOG, ORDERS, INVENTORY, FIRST, SECOND, REDIS, CLOCKS);

    private Lanes() {}

    static String senderOf(Others.Feed feed) {
        return feed.name().equals("orders") || feed.name().equals("answers") ? ORDERS : INVENTORY;
    }
}

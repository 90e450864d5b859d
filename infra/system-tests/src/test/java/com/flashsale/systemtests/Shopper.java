package com.flashsale.systemtests;

/** A customer with an access token. */
record Shopper(String id, String token) {}

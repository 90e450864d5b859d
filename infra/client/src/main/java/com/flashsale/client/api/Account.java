package com.flashsale.client.api;

/** A customer made for a test: its id, and the access token that proves it. */
public record Account(String customerId, String token) {}

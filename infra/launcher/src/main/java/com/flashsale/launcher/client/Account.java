package com.flashsale.launcher.client;

/** A customer made for a test: who it is and what proves it. */
public record Account(String customerId, String token) {}

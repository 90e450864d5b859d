package com.flashsale.auth.token;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** The secrets of the machine clients: random, never chosen by people, and without a default. */
@ConfigurationProperties("auth.clients")
record ClientSecrets(String operatorSecret, String loadTestSecret) {

    private static final int SHORTEST = 16;

    ClientSecrets {
        required("FLASHSALE_OPERATOR_SECRET", operatorSecret);
        required("FLASHSALE_LOAD_TEST_SECRET", loadTestSecret);
    }

    private static void required(String variable, String secret) {
        if (secret.length() < SHORTEST) {
            throw new IllegalArgumentException(
                    "the environment variable " + variable + " must be set to 16 characters or more");
        }
    }

    @Override
    public String toString() {
        return "ClientSecrets[…]";
    }
}

package com.flashsale.auth.account;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param password of all demo personas; empty: there are none */
@ConfigurationProperties("auth.personas")
record PersonaSettings(String password) {

    private static final int SHORTEST = 12;

    PersonaSettings {
        if (!password.isEmpty() && password.length() < SHORTEST) {
            throw new IllegalArgumentException("FLASHSALE_PERSONAS_PASSWORD must have 12 characters or more");
        }
    }

    boolean wanted() {
        return !password.isEmpty();
    }

    @Override
    public String toString() {
        return "PersonaSettings[wanted=" + wanted() + "]";
    }
}

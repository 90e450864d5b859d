package com.flashsale.local.service;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Asks a health page; anything but a prompt 200 means not yet. */
public final class Readiness {

    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(1).toMillis();
    private static final int READ_MILLIS = (int) Duration.ofSeconds(3).toMillis();

    private Readiness() {}

    public static boolean isUp(URI page) {
        try {
            var connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}

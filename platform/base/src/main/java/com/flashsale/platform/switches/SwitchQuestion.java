package com.flashsale.platform.switches;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The question to one instance for the states of the switches: a line such as {@code name off} for each. The client of
 * the JDK needs no thread and no pool, and keeps its connection.
 */
final class SwitchQuestion {

    private static final Pattern LINE = Pattern.compile("([a-z]+(?:-[a-z]+)*) (on|off)");
    private static final int LONGEST_ANSWER = 4096;

    private final SwitchSettings settings;

    SwitchQuestion(SwitchSettings settings) {
        this.settings = settings;
    }

    Map<String, Boolean> ask(URI instance) throws IOException {
        var address = instance.resolve(settings.path()).toURL();
        var call = (HttpURLConnection) address.openConnection(Proxy.NO_PROXY);
        call.setConnectTimeout((int) settings.connectTimeout().toMillis());
        call.setReadTimeout((int) settings.readTimeout().toMillis());
        call.setInstanceFollowRedirects(false);
        call.setUseCaches(false);
        try (var body = call.getInputStream()) {
            if (call.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + call.getResponseCode());
            }
            var answer = body.readNBytes(LONGEST_ANSWER + 1);
            if (answer.length > LONGEST_ANSWER) {
                call.disconnect();
                throw new IOException("more than " + LONGEST_ANSWER + " bytes");
            }
            return parsed(new String(answer, StandardCharsets.UTF_8));
        }
    }

    /** Lines of another form are skipped: a later version may say more. */
    static Map<String, Boolean> parsed(String text) {
        var states = new HashMap<String, Boolean>();
        text.lines().map(LINE::matcher).forEach(line -> {
            if (line.matches()) states.put(line.group(1), line.group(2).equals("on"));
        });
        return states;
    }
}

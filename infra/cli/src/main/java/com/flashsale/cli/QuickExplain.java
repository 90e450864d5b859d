package com.flashsale.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.flashsale.client.ExitCode;
import com.flashsale.client.Home;
import com.flashsale.control.http.Routes;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The explanation that the control room of the running platform gives. A young JVM loads drivers, clients and a parser
 * of options for more than two seconds before it explains anything; that process has them. So this class may use none
 * of them: no mapper, no options.
 */
final class QuickExplain {

    private static final int CONNECT_MILLIS = 500;

    /** The control room lets explanations wait for each other, and each takes a second. */
    private static final int READ_MILLIS = 15_000;

    private final Home home;

    QuickExplain(Home home) {
        this.home = home;
    }

    static boolean fits(String... arguments) {
        return arguments.length == 2 && arguments[0].equals("explain") && !arguments[1].startsWith("-");
    }

    /** Prints the explanation; returns the exit code, or null if the control room did not explain it. */
    @Nullable
    Integer print(String id, PrintStream out) {
        try {
            var port = RoomAddress.read(home);
            return port == null ? null : print(port, id, out);
        } catch (IOException unavailable) {
            return null;
        }
    }

    private static @Nullable Integer print(int port, String id, PrintStream out) throws IOException {
        var address = URI.create("http://127.0.0.1:" + port + "/control/explain?id=" + URLEncoder.encode(id, UTF_8));
        var connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Accept", "text/plain");
        var complete = connection.getHeaderField(Routes.COMPLETE);
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK || complete == null) return null;
        try (var answer = connection.getInputStream()) {
            out.write(answer.readAllBytes());
            out.flush();
        }
        return Boolean.parseBoolean(complete) ? ExitCode.OK : ExitCode.UNFINISHED;
    }
}

package com.flashsale.load.raw;

import com.flashsale.client.Json;
import com.flashsale.load.platform.Target;
import com.flashsale.reports.result.Result.RawResult;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The check of an access token that was not seen before, in a new JVM: the gateway's code, libraries and JVM options,
 * but none of its other work. Each token is checked once, so no memory of tokens helps.
 */
final class TokenCheck {

    private static final int BEARER_PARTS = 3;

    private final Target target;
    private final String keys;

    /** @param keys the issuer's JSON Web Key Set */
    TokenCheck(Target target, String keys) {
        this.target = target;
        this.keys = keys;
    }

    /** Two results: the first second of the process, and the last quarter of its checks. */
    List<RawResult> measure(List<String> tokens) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command())
                .redirectError(target.context().home().log("load-token-check").toFile())
                .start();
        try (var input = process.outputWriter(StandardCharsets.US_ASCII)) {
            var claims = claims(tokens.getFirst());
            input.write(String.join("\n", claims.issuer, claims.audience, Json.line(Json.tree(keys))));
            for (var token : tokens) input.write("\n" + token);
        }
        var lines = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(
                    "the check of tokens failed; see " + target.context().home().log("load-token-check"));
        }
        return results(lines);
    }

    private record Claims(String issuer, String audience) {}

    private static Claims claims(String token) {
        var parts = token.split("\\.", -1);
        if (parts.length != BEARER_PARTS) throw new IllegalArgumentException("not a signed token");
        var claims = Json.tree(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
        var audience = claims.path("aud");
        return new Claims(
                claims.path("iss").asString(),
                audience.isArray() ? audience.path(0).asString() : audience.asString());
    }

    /** The gateway's jar names its libraries itself. A trained cache belongs to another class path. */
    private List<String> command() {
        var gateway = SecondGateway.running(target.state());
        var own = SecondGateway.arguments(gateway);
        int jar = own.indexOf("-jar");
        var command = new ArrayList<String>();
        command.add(gateway.info().command().orElseThrow());
        own.subList(0, jar).stream()
                .filter(option -> !option.startsWith("-XX:AOT"))
                .forEach(command::add);
        command.addAll(List.of("-cp", ownCode() + ":" + own.get(jar + 1), TokenCheckProcess.class.getName()));
        return command;
    }

    private static Path ownCode() {
        try {
            return Path.of(TokenCheck.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads the lines of the process; a JVM may write others. */
    static List<RawResult> results(List<String> lines) {
        var results = new ArrayList<RawResult>();
        var cryptography = lines.stream()
                .filter(line -> line.startsWith(TokenCheckProcess.CRYPTOGRAPHY))
                .map(line -> line.substring(TokenCheckProcess.CRYPTOGRAPHY.length()))
                .findFirst()
                .orElse("unknown cryptography");
        for (var line : lines) {
            if (!line.startsWith(TokenCheckProcess.FIGURE)) continue;
            var parts = line.substring(TokenCheckProcess.FIGURE.length()).split(" ", 3);
            long count = Long.parseLong(parts[0]);
            double micros = Long.parseLong(parts[1]) / 1e3 / count;
            results.add(new RawResult(
                    "processor: check of an unseen access token, " + parts[2] + ", ms",
                    micros / 1e3,
                    micros / 1e3,
                    String.format(
                            Locale.ROOT,
                            "%.0f microseconds each, %d tokens, one thread, JVM options of the gateway; %s",
                            micros,
                            count,
                            cryptography)));
        }
        return results;
    }
}

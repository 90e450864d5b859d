package com.flashsale.load.raw;

import com.flashsale.platform.crypto.NativeCryptography;
import com.flashsale.platform.token.AccessTokenVerifier;
import com.flashsale.platform.token.VerificationKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The process of {@link TokenCheck}. Its input is the issuer, the audience, the key set in one line, and the tokens. It
 * runs with the class path of a gateway, and so with the provider of cryptography that a gateway has.
 */
public final class TokenCheckProcess {

    static final String FIGURE = "token-check ";
    static final String CRYPTOGRAPHY = "token-check-by ";

    private static final long COLD_NANOS = 1_000_000_000L;

    /** A slow JVM needs minutes for thousands of checks; by then the compilers have long had their turn. */
    private static final long LONGEST_NANOS = 20_000_000_000L;

    private static final int WARM_PART = 4;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private TokenCheckProcess() {}

    public static void main(String... arguments) throws Exception {
        // as a gateway does before its first bean
        NativeCryptography.install();
        run(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)), System.out);
    }

    static void run(BufferedReader input, PrintStream output) throws Exception {
        var verifier = new AccessTokenVerifier(line(input), line(input), CLOCK_SKEW);
        var keys = VerificationKeys.parse(line(input));
        var tokens = input.lines().toList();
        var ends = check(verifier, keys, tokens);
        output.println(CRYPTOGRAPHY + Security.getProviders("KeyPairGenerator.EC")[0].getName());
        int cold = 0;
        while (cold < ends.length && (cold == 0 || ends[cold] <= COLD_NANOS)) cold++;
        output.println(FIGURE + cold + " " + ends[cold - 1] + " first second");
        int warm = Math.max(1, ends.length / WARM_PART);
        long begin = warm == ends.length ? 0 : ends[ends.length - warm - 1];
        output.println(FIGURE + warm + " " + (ends[ends.length - 1] - begin) + " warm");
    }

    /** The nanoseconds from the beginning to the end of each check, until the time or the tokens end. */
    private static long[] check(AccessTokenVerifier verifier, VerificationKeys keys, List<String> tokens) {
        var ends = new long[tokens.size()];
        int count = 0;
        long begin = System.nanoTime();
        for (var token : tokens) {
            var result = verifier.verify(token, keys, Instant.now());
            if (!(result instanceof AccessTokenVerifier.Genuine)) throw new IllegalStateException(result.toString());
            ends[count++] = System.nanoTime() - begin;
            if (ends[count - 1] > LONGEST_NANOS) break;
        }
        if (count == 0) throw new IllegalStateException("no token to check");
        return Arrays.copyOf(ends, count);
    }

    private static String line(BufferedReader input) throws IOException {
        var line = input.readLine();
        if (line == null) throw new IOException("the input ends early");
        return line;
    }
}

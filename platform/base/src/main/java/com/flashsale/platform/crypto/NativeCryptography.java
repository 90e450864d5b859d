package com.flashsale.platform.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import java.util.Locale;
import java.util.Map;

/**
 * Puts the Amazon Corretto Crypto Provider before the providers of the JDK. The JDK's elliptic curves are Java code,
 * which takes 20 to 40 ms for one ES256 signature while the JVM is young; native code takes a tenth of a millisecond
 * from the first call on.
 *
 * <p>The JDK's own order stays where the library cannot be loaded (musl, another processor, a file system that runs no
 * programs), where it fails its self-tests, where an operator has chosen an order of providers (FIPS), and where the
 * property {@value #SWITCH} or the variable {@value #VARIABLE} says {@code false}. A process then only works more
 * slowly.
 */
public final class NativeCryptography {

    /** System property; {@code false} leaves the providers alone. */
    public static final String SWITCH = "flashsale.crypto.native";

    /** Environment variable, for a process whose command line is fixed; the property goes first. */
    public static final String VARIABLE = "FLASHSALE_CRYPTO_NATIVE";

    /** The provider that stands first in the JDK's own order. */
    private static final String FIRST_OF_JDK = "SUN";

    private NativeCryptography() {}

    /**
     * Installs the provider once for this JVM; a second call changes nothing.
     *
     * @return what this process uses now and why, as a sentence for the log
     */
    public static synchronized String install() {
        if (isInstalled()) return "Native cryptography is in use already.";
        if (!isWanted(System.getProperties(), System.getenv())) return "Native cryptography is switched off.";
        var first = Security.getProviders()[0].getName();
        if (!FIRST_OF_JDK.equals(first)) return "The order of providers stays as configured; " + first + " is first.";
        return installHealthy();
    }

    /** Whether the native provider is the first one. */
    public static boolean isInstalled() {
        return AmazonCorrettoCryptoProvider.PROVIDER_NAME.equals(Security.getProviders()[0].getName());
    }

    static boolean isWanted(Map<?, ?> properties, Map<String, String> environment) {
        var property = properties.get(SWITCH);
        var said = property == null ? environment.get(VARIABLE) : property.toString();
        return said == null || !said.strip().toLowerCase(Locale.ROOT).equals("false");
    }

    private static String installHealthy() {
        try {
            var provider = AmazonCorrettoCryptoProvider.INSTANCE;
            var cause = provider.getLoadingError();
            if (cause != null) return "The JDK's cryptography is in use: " + cause;
            provider.assertHealthy();
            Security.insertProviderAt(provider, 1);
            return "Native cryptography is in use: " + provider.getInfo() + ".";
        } catch (RuntimeException | LinkageError e) {
            // no fault of a faster path may keep a process from starting
            return "The JDK's cryptography is in use: " + e;
        }
    }
}

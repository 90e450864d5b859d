import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/** Writes a trust store with the certificates of this JDK and of PEM files: {@code java TrustStore.java STORE PEM...}. */
void main(String... arguments) throws Exception {
    var password = "changeit".toCharArray();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var own = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    if (Files.exists(own)) {
        var trusted = KeyStore.getInstance(own.toFile(), (char[]) null);
        for (var alias : Collections.list(trusted.aliases())) {
            store.setCertificateEntry(alias, trusted.getCertificate(alias));
        }
    }
    var pem = CertificateFactory.getInstance("X.509");
    for (var file : List.of(arguments).subList(1, arguments.length)) {
        try (var in = Files.newInputStream(Path.of(file))) {
            for (var certificate : pem.generateCertificates(in)) {
                store.setCertificateEntry(file + " " + store.size(), certificate);
            }
        }
    }
    try (var out = Files.newOutputStream(Path.of(arguments[0]))) {
        store.store(out, password);
    }
    IO.println(arguments[0] + ": " + store.size() + " certificates are trusted");
}

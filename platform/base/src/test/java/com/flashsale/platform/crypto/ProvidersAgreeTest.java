package com.flashsale.platform.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Native code and the JDK must accept and refuse the same signatures, since processes of both kinds run together. */
class ProvidersAgreeTest {

    private static final BigInteger ORDER = Curve.P_256.toECParameterSpec().getOrder();
    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES256);
    private static final byte[] MESSAGE = "header.claims".getBytes(StandardCharsets.US_ASCII);
    private static final int PART = 32;

    private final Provider jdk = Security.getProvider("SunEC");
    private final ECKey key = key();

    @BeforeEach
    void bothExist() {
        assumeThat(AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError())
                .as("this platform has no native provider")
                .isNull();
    }

    @Test
    void each_accepts_what_the_other_signed() throws Exception {
        for (var i = 0; i < 50; i++) {
            assertThat(verdict(jdk, signature(nativeOne()))).isTrue();
            assertThat(verdict(nativeOne(), signature(jdk))).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("oddNumbers")
    void both_refuse_numbers_outside_of_the_curve(BigInteger r, BigInteger s) throws Exception {
        var signature = join(r, s);

        assertThat(verdict(nativeOne(), signature)).isFalse();
        assertThat(verdict(jdk, signature)).isFalse();
    }

    @Test
    void both_judge_the_mirrored_signature_alike() throws Exception {
        var genuine = signature(jdk);
        var s = new BigInteger(1, Arrays.copyOfRange(genuine, PART, 2 * PART));
        var r = new BigInteger(1, Arrays.copyOf(genuine, PART));

        var mirrored = join(r, ORDER.subtract(s));

        assertThat(verdict(nativeOne(), mirrored)).isEqualTo(verdict(jdk, mirrored));
    }

    @Test
    void both_refuse_a_signature_of_another_length_or_with_another_bit() throws Exception {
        var genuine = signature(jdk);
        var random = new Random(7);
        for (var i = 0; i < 200; i++) {
            var changed = genuine.clone();
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(verdict(nativeOne(), changed)).isFalse();
            assertThat(verdict(jdk, changed)).isFalse();
        }
        for (var length : List.of(0, 1, 63, 65, 128)) {
            var cut = Arrays.copyOf(genuine, length);
            assertThat(verdict(nativeOne(), cut)).as("length %d", length).isFalse();
            assertThat(verdict(jdk, cut)).as("length %d", length).isFalse();
        }
    }

    static Stream<Arguments> oddNumbers() {
        var numbers = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                ORDER,
                ORDER.add(BigInteger.ONE),
                BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
        return numbers.stream().flatMap(r -> numbers.stream().map(s -> Arguments.of(r, s)));
    }

    private boolean verdict(Provider provider, byte[] signature) throws JOSEException {
        var verifier = new ECDSAVerifier(key.toECPublicKey(provider));
        verifier.getJCAContext().setProvider(provider);
        return verifier.verify(HEADER, MESSAGE, Base64URL.encode(signature));
    }

    private byte[] signature(Provider provider) throws JOSEException {
        var signer = new ECDSASigner(key.toECPrivateKey(provider), Curve.P_256);
        signer.getJCAContext().setProvider(provider);
        return signer.sign(HEADER, MESSAGE).decode();
    }

    private static Provider nativeOne() {
        return AmazonCorrettoCryptoProvider.INSTANCE;
    }

    private static byte[] join(BigInteger r, BigInteger s) {
        var joined = new byte[2 * PART];
        put(r, joined, 0);
        put(s, joined, PART);
        return joined;
    }

    private static void put(BigInteger number, byte[] target, int offset) {
        var bytes = number.toByteArray();
        var length = Math.min(bytes.length, PART);
        System.arraycopy(bytes, bytes.length - length, target, offset + PART - length, length);
    }

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

package com.flashsale.platform.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** Installs, signs, verifies, installs again, and prints which provider was first and what the two calls said. */
final class Probe {

    private Probe() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        var first = NativeCryptography.install();
        var message = "order".getBytes(StandardCharsets.UTF_8);
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var keys = generator.generateKeyPair();
        var signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(keys.getPrivate());
        signer.update(message);
        var signature = signer.sign();
        signer.initVerify(keys.getPublic());
        signer.update(message);
        System.out.println(Security.getProviders()[0].getName());
        System.out.println(signer.verify(signature) ? "signature ok" : "signature refused");
        System.out.println(first);
        System.out.println(NativeCryptography.install());
    }
}

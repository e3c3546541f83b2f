package io.jenkins.plugins.builderfarm.protocol.release;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The key pair that signs a bucket's manifest. Its private half is kept as a PEM file (PKCS #8), with the public half,
 * which Java can't compute from it, in a line of its own behind it.
 */
public final class SigningKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final int PEM_LINE = 64;

    private final PrivateKey privateKey;
    private final ReleaseKey publicKey;

    private SigningKey(PrivateKey privateKey, ReleaseKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    public static SigningKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(pair.getPrivate(), ReleaseKey.of(pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
        }
    }

    /** @throws IllegalArgumentException if the text isn't what {@link #print} wrote; the message never quotes it */
    public static SigningKey parse(String pem) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("this is not a signing key: it has no '" + BEGIN + "' … '" + END + "'");
        }
        ReleaseKey publicKey = ReleaseKey.parse(pem.substring(end + END.length()));
        PrivateKey privateKey;
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            privateKey = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: a decoder's message may quote the key.
            throw new IllegalArgumentException("the signing key is damaged");
        }
        SigningKey key = new SigningKey(privateKey, publicKey);
        byte[] probe = {1};
        if (!publicKey.verifies(probe, key.sign(probe))) {
            throw new IllegalArgumentException("the signing key's two halves do not belong together");
        }
        return key;
    }

    public ReleaseKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(privateKey);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs everything", e);
        }
    }

    /** The whole key, secret half and all: for a key file, nothing else. */
    public String print() {
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(privateKey.getEncoded());
        return BEGIN + "\n" + base64 + "\n" + END + "\n" + publicKey + "\n";
    }

    @Override
    public String toString() {
        return "signing key of " + publicKey;
    }
}

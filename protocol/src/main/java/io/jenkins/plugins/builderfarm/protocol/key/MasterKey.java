package io.jenkins.plugins.builderfarm.protocol.key;

/** The controller's secret, known only by what it computes: the key itself may be out of reach for its user too. */
@FunctionalInterface
public interface MasterKey {
    /**
     * HMAC-SHA256 of the message under the master key.
     *
     * @return 32 bytes. Must be callable from any thread.
     */
    byte[] mac(byte[] message);

    /** A master key that is given as bytes; for tests and for the coordinator served without Jenkins. */
    static MasterKey of(byte[] key) {
        byte[] copy = key.clone();
        return message -> KeyMaterial.mac(copy, message);
    }
}

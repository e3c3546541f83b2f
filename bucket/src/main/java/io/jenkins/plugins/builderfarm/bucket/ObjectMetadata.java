package io.jenkins.plugins.builderfarm.bucket;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Everything about one generation of one object but its bytes.
 *
 * @param generation grows with every write of a bucket, in microseconds or so
 * @param metageneration starts at 1, grows with every change of the attributes
 * @param size bytes
 */
record ObjectMetadata(
        String bucket,
        String name,
        long generation,
        long metageneration,
        long size,
        Checksums checksums,
        Attributes attributes,
        Instant created,
        Instant updated) {

    /** The same object one metageneration later. */
    ObjectMetadata withAttributes(Attributes changed, Instant now) {
        return new ObjectMetadata(bucket, name, generation, metageneration + 1, size, checksums, changed, created, now);
    }

    /**
     * The entity tag of the JSON API: Base64 of a protocol buffer of both generations, as Google's is, so that it changes
     * with the attributes too.
     */
    String jsonEtag() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(24);
        bytes.write(0x08);
        varint(generation, bytes);
        bytes.write(0x10);
        varint(metageneration, bytes);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** The entity tag of the XML API without its quotes: the MD5 in hexadecimal, a matter of the bytes alone. */
    String xmlEtag() {
        return HexFormat.of().formatHex(Base64.getDecoder().decode(checksums.md5()));
    }

    private static void varint(long value, ByteArrayOutputStream out) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}

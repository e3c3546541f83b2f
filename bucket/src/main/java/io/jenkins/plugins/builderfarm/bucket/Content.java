package io.jenkins.plugins.builderfarm.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of one generation; they never change, they only go. */
interface Content {

    /** Opens the bytes. A stream that is open stays readable when the object is replaced or deleted. */
    InputStream open() throws IOException;

    /** Frees what the bytes take up. */
    void delete() throws IOException;

    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public void delete() {
                // the garbage collector's work
            }
        };
    }
}

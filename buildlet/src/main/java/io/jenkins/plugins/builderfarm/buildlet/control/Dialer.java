package io.jenkins.plugins.builderfarm.buildlet.control;

import java.net.URI;

/** Makes connections. */
@FunctionalInterface
public interface Dialer {
    /** Begins to dial and returns; how it went is for the receiver. */
    Connection dial(URI address, Receiver receiver);
}

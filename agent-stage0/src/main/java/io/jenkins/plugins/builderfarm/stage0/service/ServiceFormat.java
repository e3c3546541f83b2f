package io.jenkins.plugins.builderfarm.stage0.service;

/** How one system's supervisor wants to be told. */
interface ServiceFormat {
    /**
     * The definition, whole.
     *
     * @throws IllegalArgumentException if this system can't express the service; the message says what
     */
    String write(Service service);
}

/**
 * {@code stage0 doctor}: looks at everything that a machine needs, changes nothing, and says what to do. Not loaded by the
 * process that waits for a build.
 */
package io.jenkins.plugins.builderfarm.stage0.doctor;

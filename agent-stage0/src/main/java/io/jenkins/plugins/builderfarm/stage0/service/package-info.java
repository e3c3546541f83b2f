/**
 * {@code stage0 install-service}: definitions with which a system's own supervisor runs stage0 once per build. Not loaded
 * by the process that waits for a build.
 */
package io.jenkins.plugins.builderfarm.stage0.service;

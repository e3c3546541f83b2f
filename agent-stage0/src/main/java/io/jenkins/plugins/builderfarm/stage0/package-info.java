/** The program that a machine's owner installs once: fetches, verifies and starts the buildlet. */
package io.jenkins.plugins.builderfarm.stage0;

/** The buildlet: dials the controller, waits for a lease, runs the Jenkins agent for it, cleans up and exits. */
package io.jenkins.plugins.builderfarm.buildlet;

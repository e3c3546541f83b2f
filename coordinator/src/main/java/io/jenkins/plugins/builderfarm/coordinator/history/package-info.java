/** What is remembered of machines, bounded, across their nodes and the controller's restarts. */
package io.jenkins.plugins.builderfarm.coordinator.history;

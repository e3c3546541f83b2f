/** The machines' histories as they go on: which are here, which are absent, what is yet to be saved. */
package io.jenkins.plugins.builderfarm.coordinator.memory;

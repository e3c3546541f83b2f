/** What everything else stands on: the one lock, actions that wait for its end, time, timers. */
package io.jenkins.plugins.builderfarm.coordinator.kernel;

/** How long builds may take, and which of them are done again. */
package io.jenkins.plugins.builderfarm.coordinator.conduct;

/** The machines that are here, their states, and their leases. */
package io.jenkins.plugins.builderfarm.coordinator.pool;

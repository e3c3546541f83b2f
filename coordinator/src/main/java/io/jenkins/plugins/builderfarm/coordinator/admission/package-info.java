/** Who is let in: bounds for strangers, the handshake, the checks, and the refusals that administrators see. */
package io.jenkins.plugins.builderfarm.coordinator.admission;

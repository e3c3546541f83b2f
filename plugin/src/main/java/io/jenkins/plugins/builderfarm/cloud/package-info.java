/** Turns idle machines into nodes for one build each: labels, matching, leases, spares, and the end of every lease. */
package io.jenkins.plugins.builderfarm.cloud;

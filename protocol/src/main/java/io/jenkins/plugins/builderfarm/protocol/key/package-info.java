/** Builder keys: how they are derived, printed, parsed and found on a machine. */
package io.jenkins.plugins.builderfarm.protocol.key;

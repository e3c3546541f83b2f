/** Which builder builds which repository and branch: rules as data, and the reason for every decision. Immutable values. */
package io.jenkins.plugins.builderfarm.coordinator.policy;

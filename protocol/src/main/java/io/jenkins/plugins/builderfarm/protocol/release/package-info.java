/** Buildlet releases: the signed manifest of a bucket and which machine gets which release. */
package io.jenkins.plugins.builderfarm.protocol.release;

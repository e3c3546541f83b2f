/** Validated names: host types, builders, hostnames, release versions and the controller's URL. */
package io.jenkins.plugins.builderfarm.protocol.name;

/** What is decided outside: host types, times, bounds. Immutable values. */
package io.jenkins.plugins.builderfarm.coordinator.config;

/** The latest results of builders, by revision. */
package io.jenkins.plugins.builderfarm.coordinator.results;

/** What the coordinator needs of the world: connections, a store for history, releases, someone who listens. */
package io.jenkins.plugins.builderfarm.coordinator.port;

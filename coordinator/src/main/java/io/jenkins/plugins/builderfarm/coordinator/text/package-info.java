/** What messages to people need. */
package io.jenkins.plugins.builderfarm.coordinator.text;

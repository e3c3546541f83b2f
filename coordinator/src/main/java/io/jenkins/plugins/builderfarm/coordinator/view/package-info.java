/** What pages show: immutable pictures of one moment. */
package io.jenkins.plugins.builderfarm.coordinator.view;

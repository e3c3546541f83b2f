/** Jobs made from templates: what a template becomes for a builder, and which job has to change for that. */
package io.jenkins.plugins.builderfarm.coordinator.jobs;

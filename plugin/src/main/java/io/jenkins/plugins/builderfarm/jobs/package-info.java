/** Builders' jobs: made from templates, kept in step, and known by the farm's mark. */
package io.jenkins.plugins.builderfarm.jobs;

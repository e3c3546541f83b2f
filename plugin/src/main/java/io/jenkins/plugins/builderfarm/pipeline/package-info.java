/** What Pipelines ask of the farm, if Jenkins has the Pipeline plugins. */
package io.jenkins.plugins.builderfarm.pipeline;

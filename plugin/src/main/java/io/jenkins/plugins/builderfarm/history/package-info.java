/** What became of the configuration: who changed what, when and how; and all of it out and in as YAML. */
package io.jenkins.plugins.builderfarm.history;

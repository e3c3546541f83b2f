/** A real Jenkins with the plugin, as a process of its own: for the demo and the benchmarks. */
package io.jenkins.plugins.builderfarm.testbed.jenkins;

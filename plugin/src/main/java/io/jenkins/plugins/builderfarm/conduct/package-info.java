/** What becomes of builds on the farm's machines: which failures are expected, which are nobody's fault, and the results. */
package io.jenkins.plugins.builderfarm.conduct;

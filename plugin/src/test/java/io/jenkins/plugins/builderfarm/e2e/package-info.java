/** The whole farm at work: a real Jenkins, the real programs as processes, a bucket on a socket. */
package io.jenkins.plugins.builderfarm.e2e;

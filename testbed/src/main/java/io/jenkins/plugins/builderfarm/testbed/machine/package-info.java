/** Machines that speak the protocol truly and do no work: by the thousand, over memory or over WebSockets. */
package io.jenkins.plugins.builderfarm.testbed.machine;

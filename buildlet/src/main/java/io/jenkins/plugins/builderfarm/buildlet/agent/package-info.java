/** The controller's agent.jar: fetched, verified, and run inside this JVM. */
package io.jenkins.plugins.builderfarm.buildlet.agent;

/** The messages of the control connection and their JSON form. */
package io.jenkins.plugins.builderfarm.protocol.message;

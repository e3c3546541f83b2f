/** The mutual challenge–response with which a machine and the controller prove that they hold the same builder key. */
package io.jenkins.plugins.builderfarm.protocol.handshake;

/** The control connection: dialling, the handshake, back-off, and messages as objects. */
package io.jenkins.plugins.builderfarm.buildlet.control;

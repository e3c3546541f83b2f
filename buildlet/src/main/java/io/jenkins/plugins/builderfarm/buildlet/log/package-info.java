/** One line to stderr for each thing that people should know. */
package io.jenkins.plugins.builderfarm.buildlet.log;

/** The farm's mind without Jenkins: one class to talk to, and the packages it is made of. */
package io.jenkins.plugins.builderfarm.coordinator;

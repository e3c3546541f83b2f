/** The Go farm of 2023, whose public facts are this project's real input. */
package io.jenkins.plugins.builderfarm.examples;

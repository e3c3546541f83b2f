/** The one coordinator of this Jenkins: built from the configuration, kept going, its history stored. */
package io.jenkins.plugins.builderfarm.farm;

/** What stage0 keeps on the disk: every file appears whole or not at all, and is checked before it is believed. */
package io.jenkins.plugins.builderfarm.stage0.state;

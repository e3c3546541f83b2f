/** The short-lived process that talks to the bucket; nothing here is loaded into the process that waits for a build. */
package io.jenkins.plugins.builderfarm.stage0.fetch;

/** What stage0 and all that runs in its JVM say, in a file that stays small. */
package io.jenkins.plugins.builderfarm.stage0.log;

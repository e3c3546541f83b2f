/** Whether a build runs reviewed code, and which host types it may therefore use. Nothing here takes longer than a look. */
package io.jenkins.plugins.builderfarm.trust;

/** What an administrator says: host types, builders and where buildlet releases come from. */
package io.jenkins.plugins.builderfarm.config;

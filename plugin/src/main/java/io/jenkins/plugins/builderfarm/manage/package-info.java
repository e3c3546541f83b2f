/** Manage Jenkins → Builder Farm: lists and forms of host types and builders, and a place for others' pages. */
package io.jenkins.plugins.builderfarm.manage;

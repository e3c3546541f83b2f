/** By which way the servers are reached, and which of them are believed: proxies and certificates. */
package io.jenkins.plugins.builderfarm.stage0.network;

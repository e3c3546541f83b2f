/** Reading JSON from strangers: typed fields, bounded sizes, errors that name the field. */
package io.jenkins.plugins.builderfarm.protocol.json;

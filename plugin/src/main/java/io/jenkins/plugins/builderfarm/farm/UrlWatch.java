package io.jenkins.plugins.builderfarm.farm;

import hudson.Extension;
import hudson.XmlFile;
import hudson.model.Saveable;
import hudson.model.listeners.SaveableListener;
import jenkins.model.JenkinsLocationConfiguration;

/** Machines prove which URL they dialled, so the farm must know Jenkins's own as soon as it is changed. */
@Extension
public final class UrlWatch extends SaveableListener {
    @Override
    public void onChange(Saveable o, XmlFile file) {
        if (o instanceof JenkinsLocationConfiguration) {
            Farm.get().reconfigure();
        }
    }
}

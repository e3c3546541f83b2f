package io.jenkins.plugins.builderfarm.manage;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.builderfarm.config.BuilderFarmConfiguration;
import io.jenkins.plugins.builderfarm.config.FarmPermissions;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.StaplerProxy;

/** {@code /manage/builder-farm}: what there is to administer, and what doesn't fit together. */
@Extension
@Symbol("builderFarmLink")
public final class BuilderFarmLink extends ManagementLink implements StaplerProxy {
    @Override
    public String getDisplayName() {
        return "Builder Farm";
    }

    @Override
    public String getDescription() {
        return "Host types, builders, and the machines that volunteers own.";
    }

    @Override
    public String getIconFileName() {
        return "symbol-hammer";
    }

    @Override
    public String getUrlName() {
        return "builder-farm";
    }

    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    /** Whichever of the two lets the present user see it. */
    @Override
    public Permission getRequiredPermission() {
        return FarmPermissions.mayAdminister() ? FarmPermissions.ADMINISTER : Jenkins.SYSTEM_READ;
    }

    @Override
    public Object getTarget() {
        FarmPermissions.checkMaySeeSettings();
        return this;
    }

    /** For the view. */
    public List<FarmSection> getSections() {
        return ExtensionList.lookup(FarmSection.class).stream()
                .filter(FarmSection::isVisible)
                .toList();
    }

    /** For the view. */
    public List<String> getProblems() {
        return BuilderFarmConfiguration.get().problems();
    }

    /** {@code …/hostTypes}; null if there is no such section. One that the present user is not shown refuses by itself. */
    @CheckForNull
    public FarmSection getDynamic(String urlName) {
        return ExtensionList.lookup(FarmSection.class).stream()
                .filter(section -> section.getUrlName().equals(urlName))
                .findFirst()
                .orElse(null);
    }
}

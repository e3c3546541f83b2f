package io.jenkins.plugins.builderfarm.policy;

import java.util.Locale;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code /builders/policy}: asks who builds a repository and branch, and shows every builder's reason. */
public final class PolicyPage {
    public String getDisplayName() {
        return "Who builds what";
    }

    /**
     * Called by the view.
     *
     * @return null if nothing was asked
     * @throws IllegalArgumentException never: what is wrong with the question is {@link #problem}'s to say
     */
    public Answer answer(StaplerRequest2 request) {
        return asked(request) && problem(request) == null ? ask(request) : null;
    }

    /** What is wrong with the question; null if nothing is, or nothing was asked. Called by the view. */
    public String problem(StaplerRequest2 request) {
        if (!asked(request)) {
            return null;
        }
        try {
            ask(request);
            return null;
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            return message.substring(0, 1).toUpperCase(Locale.ROOT) + message.substring(1) + ".";
        }
    }

    private static boolean asked(StaplerRequest2 request) {
        return request.getParameter("repository") != null || request.getParameter("branch") != null;
    }

    private static Answer ask(StaplerRequest2 request) {
        return Answer.to(
                request.getParameter("repository"),
                request.getParameter("branch"),
                request.getParameter("mainBranch"),
                request.getParameter("phase"));
    }
}

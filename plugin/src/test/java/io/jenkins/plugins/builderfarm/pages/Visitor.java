package io.jenkins.plugins.builderfarm.pages;

import java.net.URL;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** Asks a test's Jenkins for pages as somebody, as a program would; whatever it answers is an answer. */
public record Visitor(JenkinsRule jenkins) {
    /** @param user null for a stranger */
    public WebResponse get(String user, String path) throws Exception {
        return send(user, HttpMethod.GET, path, true);
    }

    /** @param user null for a stranger */
    public WebResponse post(String user, String path) throws Exception {
        return send(user, HttpMethod.POST, path, true);
    }

    /**
     * A page as Jenkins sends it: its scripts, which real browsers test, take a while here.
     *
     * @param user null for a stranger
     */
    public HtmlPage page(String user, String path) throws Exception {
        return client(user).goTo(path);
    }

    private JenkinsRule.WebClient client(String user) {
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setJavaScriptEnabled(false);
        return user == null ? client : client.withBasicCredentials(user);
    }

    /**
     * @param user null for a stranger
     * @param follow whether to go on where Jenkins sends a browser to
     */
    WebResponse send(String user, HttpMethod method, String path, boolean follow) throws Exception {
        try (JenkinsRule.WebClient client = client(user)) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.setRedirectEnabled(follow);
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.loadWebResponse(request);
        }
    }
}

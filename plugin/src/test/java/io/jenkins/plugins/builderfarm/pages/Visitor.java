package io.jenkins.plugins.builderfarm.pages;

import java.net.URL;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;

/** Asks a test's Jenkins for pages as somebody, as a program would; whatever it answers is an answer. */
public record Visitor(JenkinsRule jenkins) {
    /** @param user null for a stranger */
    public WebResponse get(String user, String path) throws Exception {
        return send(user, HttpMethod.GET, path);
    }

    /** @param user null for a stranger */
    public WebResponse post(String user, String path) throws Exception {
        return send(user, HttpMethod.POST, path);
    }

    private WebResponse send(String user, HttpMethod method, String path) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            client.setJavaScriptEnabled(false);
            if (user != null) {
                client.withBasicCredentials(user);
            }
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.loadWebResponse(request);
        }
    }
}

package io.jenkins.plugins.builderfarm.pages;

import java.net.URL;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;

/** Asks a test's Jenkins for pages as somebody, without script; whatever it answers is an answer. */
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
            // The refusal of a stranger asks a browser to go on to the login: it is the refusal that counts.
            client.setRefreshHandler((page, url, seconds) -> {});
            if (user != null) {
                client.withBasicCredentials(user);
            }
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse();
        }
    }
}

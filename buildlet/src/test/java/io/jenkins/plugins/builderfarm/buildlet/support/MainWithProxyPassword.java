package io.jenkins.plugins.builderfarm.buildlet.support;

import io.jenkins.plugins.builderfarm.buildlet.Main;
import java.net.Authenticator;
import java.net.PasswordAuthentication;

/** The buildlet as stage0 starts it where a proxy wants a password: Java has been told. */
public final class MainWithProxyPassword {
    private MainWithProxyPassword() {}

    public static void main(String[] args) {
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY
                        ? new PasswordAuthentication(
                                "me", System.getenv("TEST_PROXY_PASSWORD").toCharArray())
                        : null;
            }
        });
        Main.main(args);
    }
}

package io.jenkins.plugins.builderfarm.stage0;

/** A program that does nothing, for ever. */
final class Endless {
    private Endless() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("begun");
        new java.util.concurrent.CountDownLatch(1).await();
    }
}

package io.jenkins.plugins.builderfarm.stage0.doctor;

/** What one check found. */
public record Diagnosis(String name, Finding finding) {}

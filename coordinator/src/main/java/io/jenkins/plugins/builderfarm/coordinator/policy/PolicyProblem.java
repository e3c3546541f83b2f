package io.jenkins.plugins.builderfarm.coordinator.policy;

/**
 * What is wrong with a rule.
 *
 * @param rules whose rules: {@code set default} or {@code builder linux-386}
 * @param rule the rule's number, from 1; 0 if it is about all of them
 * @param line of the text, from 1; 0 if it is about all of them
 * @param field {@code repository}, {@code branch}, {@code mainBranch}, {@code phase}, {@code use}; empty if it is about
 *     the whole rule
 */
public record PolicyProblem(String rules, int rule, int line, String field, String message) {
    static PolicyProblem of(String rules, Rule rule, String field, String message) {
        return new PolicyProblem(rules, rule.number(), rule.line(), field, message);
    }

    /** {@code set default, rule 2 (line 3), branch: 'x!' has …}. */
    @Override
    public String toString() {
        String where = rule == 0 ? "" : ", rule " + rule + (rule == line ? "" : " (line " + line + ")");
        return rules + where + (field.isEmpty() ? "" : ", " + field) + ": " + message;
    }
}

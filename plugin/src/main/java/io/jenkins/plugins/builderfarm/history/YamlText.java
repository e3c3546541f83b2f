package io.jenkins.plugins.builderfarm.history;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.jenkins.plugins.casc.model.CNode;
import io.jenkins.plugins.casc.model.Mapping;
import io.jenkins.plugins.casc.model.Scalar;
import java.util.Map;
import java.util.TreeMap;

/** Writes what configuration as code describes as YAML, in an order that stays. Texts are quoted as in JSON, which is YAML. */
final class YamlText {
    private static final int STEP = 2;
    private static final Gson QUOTING = new GsonBuilder().disableHtmlEscaping().create();

    private YamlText() {}

    static String of(CNode node) {
        StringBuilder text = new StringBuilder();
        write(text, node, 0);
        return text.toString();
    }

    /** Begins where a value may begin: after a key, or after a dash. */
    private static void write(StringBuilder text, CNode node, int indent) {
        switch (node.getType()) {
            case MAPPING -> mapping(text, node.asMapping(), indent);
            case SEQUENCE -> {
                if (node.asSequence().isEmpty()) {
                    text.append(" []\n");
                    return;
                }
                text.append('\n');
                for (CNode entry : node.asSequence()) {
                    text.append(" ".repeat(indent)).append('-');
                    write(text, entry, indent + STEP);
                }
            }
            default -> text.append(' ').append(scalar(node.asScalar())).append('\n');
        }
    }

    private static void mapping(StringBuilder text, Mapping mapping, int indent) {
        Map<String, CNode> sorted = new TreeMap<>(mapping);
        if (sorted.isEmpty()) {
            text.append(" {}\n");
            return;
        }
        text.append(indent == 0 ? "" : "\n");
        sorted.forEach((key, value) -> {
            text.append(" ".repeat(indent)).append(key).append(':');
            write(text, value, indent + STEP);
        });
    }

    private static String scalar(Scalar scalar) {
        return switch (scalar.getFormat()) {
            case NUMBER, BOOLEAN -> scalar.getValue();
            default -> QUOTING.toJson(scalar.getValue());
        };
    }
}

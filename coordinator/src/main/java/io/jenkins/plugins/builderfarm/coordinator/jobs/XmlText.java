package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where in an XML file a value is put, and how it is written there so that it stays what it is. */
enum XmlText {
    TEXT,
    ATTRIBUTE,
    CDATA,
    COMMENT;

    private static final Pattern ENTITY = Pattern.compile("&(#[0-9]+|#x[0-9a-fA-F]+|[a-z]+);");
    private static final Pattern NOT_IN_XML = Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]");

    /** @throws IllegalArgumentException if the value can't be written there; the message says why */
    String write(String value) {
        if (NOT_IN_XML.matcher(value).find()) {
            throw new IllegalArgumentException("the value has a control character, which XML can't have");
        }
        return switch (this) {
            case TEXT -> escaped(value);
            case ATTRIBUTE -> escaped(value).replace("\n", "&#10;").replace("\t", "&#9;");
            case CDATA -> value.replace("]]>", "]]]]><![CDATA[>");
            case COMMENT -> value.replace("-", "\u2010");
        };
    }

    /** As Jenkins writes it. */
    static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;")
                .replace("\r", "&#xd;");
    }

    static String unescaped(String text) {
        Matcher entity = ENTITY.matcher(text);
        return entity.replaceAll(found -> Matcher.quoteReplacement(character(found.group(1), found.group())));
    }

    private static String character(String name, String whole) {
        return switch (name) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> {
                if (!name.startsWith("#")) {
                    yield whole;
                }
                boolean hex = name.startsWith("#x");
                yield Character.toString(Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10));
            }
        };
    }
}

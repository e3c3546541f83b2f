package io.jenkins.plugins.builderfarm.coordinator.jobs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in a job's XML without changing anything else of it, so that a job that needs no change isn't written. The
 * script of a Pipeline is filled in as Groovy.
 */
final class XmlTemplate {
    private static final Pattern NAME = Pattern.compile("<\\s*([^\\s/>]+)");
    private static final Pattern PIPELINE = Pattern.compile("\\sclass\\s*=\\s*[\"'][^\"']*CpsFlowDefinition[\"']");

    private final Scanner scanner;
    private final Placeholders placeholders;

    /** The elements that are open, innermost first, and whether each is a Pipeline's definition. */
    private final Deque<Element> open = new ArrayDeque<>();

    private record Element(String name, boolean pipeline) {}

    private XmlTemplate(String xml, Placeholders placeholders) {
        scanner = new Scanner(xml, 1, placeholders);
        this.placeholders = placeholders;
    }

    /** @throws TemplateException if a placeholder is unknown or its value can't be written where it is */
    static String expand(String xml, Placeholders placeholders) {
        XmlTemplate template = new XmlTemplate(xml, placeholders);
        while (template.scanner.hasMore()) {
            template.step();
        }
        return template.scanner.result();
    }

    private void step() {
        if (scanner.sees("<!--")) {
            until("-->", XmlText.COMMENT);
        } else if (scanner.sees("<![CDATA[")) {
            cdata();
        } else if (scanner.sees("<?") || scanner.sees("<!")) {
            scanner.copyPast(">");
        } else if (scanner.sees("<")) {
            tag();
        } else if (inScript()) {
            script(XmlText.TEXT, "<");
        } else if (scanner.seesPlaceholder()) {
            fillIn(XmlText.TEXT);
        } else {
            scanner.copy(1);
        }
    }

    /** Whether what comes is the text of a Pipeline's script. */
    private boolean inScript() {
        if (open.size() < 2 || !open.peek().name().equals("script")) {
            return false;
        }
        return open.stream().skip(1).findFirst().orElseThrow().pipeline();
    }

    private void cdata() {
        scanner.copy("<![CDATA[".length());
        if (inScript()) {
            script(XmlText.CDATA, "]]>");
            scanner.copy("]]>".length());
        } else {
            until("]]>", XmlText.CDATA);
        }
    }

    private void script(XmlText place, String end) {
        int line = scanner.line();
        String written = scanner.skipUntil(end);
        if (!written.contains("@{")) {
            scanner.append(written);
            return;
        }
        String script = place == XmlText.TEXT ? XmlText.unescaped(written) : written;
        String filled = GroovyTemplate.expand(script, line, placeholders);
        try {
            scanner.append(place.write(filled));
        } catch (IllegalArgumentException e) {
            throw new TemplateException(line, e.getMessage());
        }
    }

    private void until(String end, XmlText place) {
        while (scanner.hasMore() && !scanner.sees(end)) {
            if (scanner.seesPlaceholder()) {
                fillIn(place);
            } else {
                scanner.copy(1);
            }
        }
        scanner.copy(end.length());
    }

    private void tag() {
        StringBuilder tag = new StringBuilder();
        char quote = 0;
        while (scanner.hasMore()) {
            char c = scanner.peek();
            if (scanner.seesPlaceholder()) {
                if (quote == 0) {
                    throw scanner.problem("a placeholder can't be an element's or attribute's name");
                }
                fillIn(XmlText.ATTRIBUTE);
                continue;
            }
            tag.append(c);
            scanner.copy(1);
            if (quote == 0 && c == '>') {
                break;
            }
            quote = quote == 0 && (c == '"' || c == '\'') ? c : c == quote ? 0 : quote;
        }
        opened(tag.toString());
    }

    private void opened(String tag) {
        if (tag.startsWith("</")) {
            open.poll();
        } else if (!tag.endsWith("/>")) {
            Matcher name = NAME.matcher(tag);
            open.push(new Element(
                    name.find() ? name.group(1) : "", PIPELINE.matcher(tag).find()));
        }
    }

    private void fillIn(XmlText place) {
        int line = scanner.line();
        Optional<Value> value = scanner.placeholder();
        if (value.isPresent()) {
            try {
                scanner.append(place.write(value.get().text()));
            } catch (IllegalArgumentException e) {
                throw new TemplateException(line, e.getMessage());
            }
        }
    }
}

package io.jenkins.plugins.builderfarm.stage0;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A command's arguments, parted into the command's own flags and those that a start of stage0 has too.
 *
 * @param own the command's own
 * @param usual the others, in their order
 */
record OwnFlags(Flags own, List<String> usual) {
    /**
     * @param valued the command's own flags that take a value
     * @param switches its own that need none
     */
    static OwnFlags part(List<String> arguments, Set<String> valued, Set<String> switches) throws UsageException {
        Set<String> takeNext = new HashSet<>(valued);
        takeNext.addAll(Options.VALUED);
        List<String> own = new ArrayList<>();
        List<String> usual = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            String name = argument.replaceFirst("^--?", "");
            int equals = name.indexOf('=');
            name = equals < 0 ? name : name.substring(0, equals);
            boolean isOwn = argument.startsWith("-") && (valued.contains(name) || switches.contains(name));
            List<String> target = isOwn ? own : usual;
            target.add(argument);
            if (equals < 0 && argument.startsWith("-") && takeNext.contains(name) && i + 1 < arguments.size()) {
                i++;
                target.add(arguments.get(i));
            }
        }
        return new OwnFlags(Flags.parse(own, valued, switches, Set.of()), List.copyOf(usual));
    }
}

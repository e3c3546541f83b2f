package io.jenkins.plugins.builderfarm.config;

import com.thoughtworks.xstream.converters.reflection.ReflectionProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * The plain values that an entry is made of, all in one list: two entries whose lists are equal have the same XML. They
 * are read from the fields that XStream writes, so that no field can be forgotten here.
 */
final class Leaves {
    private static final String OWN = Leaves.class.getPackageName();

    /** About as many as an entry has. */
    private static final int USUAL = 32;

    private final ReflectionProvider fields;
    private final List<Object> found = new ArrayList<>(USUAL);

    private Leaves(ReflectionProvider fields) {
        this.fields = fields;
    }

    /** What isn't known inside out, such as another plugin's source, equals nothing, not even itself at another time. */
    static List<Object> of(Object entry, ReflectionProvider fields) {
        Leaves leaves = new Leaves(fields);
        leaves.add(entry);
        return leaves.found;
    }

    private void add(Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Integer
                || value instanceof Boolean
                || value instanceof Enum<?>) {
            found.add(value);
        } else if (value instanceof List<?> list && value.getClass() == ArrayList.class) {
            // The number keeps two lists, one after the other, apart.
            found.add(list.size());
            list.forEach(this::add);
        } else if (OWN.equals(value.getClass().getPackageName())) {
            found.add(value.getClass());
            fields.visitSerializableFields(value, (name, type, definedIn, field) -> add(field));
        } else {
            found.add(new Object());
        }
    }
}

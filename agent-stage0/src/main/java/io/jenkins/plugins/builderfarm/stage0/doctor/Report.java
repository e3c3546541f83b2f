package io.jenkins.plugins.builderfarm.stage0.doctor;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** How findings are printed. Stateless. */
final class Report {
    private Report() {}

    /** {@code ok    name         what was found; what to do about it}. */
    static String line(Diagnosis diagnosis) {
        Finding finding = diagnosis.finding();
        String remedy = finding.remedy().isEmpty() ? "" : "; " + finding.remedy();
        return String.format(
                Locale.ROOT, "%-5s %-12s %s%s", finding.level().label(), diagnosis.name(), finding.found(), remedy);
    }

    /** An array with an object for each: {@code status}, {@code name}, {@code found}, {@code remedy}. */
    static String json(List<Diagnosis> diagnoses) {
        JsonArray array = new JsonArray();
        for (Diagnosis diagnosis : diagnoses) {
            JsonObject object = new JsonObject();
            object.addProperty("status", diagnosis.finding().level().label().toLowerCase(Locale.ROOT));
            object.addProperty("name", diagnosis.name());
            object.addProperty("found", diagnosis.finding().found());
            object.addProperty("remedy", diagnosis.finding().remedy());
            array.add(object);
        }
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create()
                .toJson(array);
    }
}

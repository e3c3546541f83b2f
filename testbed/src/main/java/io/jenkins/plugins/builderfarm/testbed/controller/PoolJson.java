package io.jenkins.plugins.builderfarm.testbed.controller;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.jenkins.plugins.builderfarm.coordinator.admission.Refusal;
import io.jenkins.plugins.builderfarm.coordinator.view.HostTypeView;
import io.jenkins.plugins.builderfarm.coordinator.view.MachineView;
import io.jenkins.plugins.builderfarm.coordinator.view.PoolView;
import java.util.List;
import java.util.Locale;

/** The pool in the words that the plugin's {@code /builders/pools/api/json} uses, and the refusals. */
final class PoolJson {
    private PoolJson() {}

    static JsonObject of(PoolView pool, List<Refusal> refusals) {
        JsonArray hostTypes = new JsonArray();
        pool.hostTypes().forEach(view -> hostTypes.add(hostType(view)));
        JsonArray machines = new JsonArray();
        pool.machines().forEach(view -> machines.add(machine(view)));
        JsonArray refused = new JsonArray();
        refusals.forEach(refusal -> refused.add(refusal(refusal)));
        JsonObject json = new JsonObject();
        json.add("hostTypes", hostTypes);
        json.add("machines", machines);
        json.add("refusals", refused);
        return json;
    }

    private static JsonObject hostType(HostTypeView view) {
        JsonObject json = new JsonObject();
        json.addProperty("name", view.name().value());
        json.addProperty("expected", view.settings().expected());
        json.addProperty("connected", view.connected());
        view.counts().forEach((state, count) -> json.addProperty(state.name().toLowerCase(Locale.ROOT), count));
        json.addProperty("health", view.health().name());
        json.addProperty("problem", view.problem());
        return json;
    }

    private static JsonObject machine(MachineView view) {
        JsonObject json = new JsonObject();
        json.addProperty("hostType", view.id().hostType().value());
        json.addProperty("hostname", view.id().hostname().value());
        json.addProperty("state", view.state().name());
        json.addProperty("since", view.since().toString());
        view.facts().ifPresent(facts -> {
            json.addProperty("buildlet", facts.buildlet().value());
            facts.stage0().ifPresent(version -> json.addProperty("stage0", version.value()));
        });
        view.lease().ifPresent(lease -> json.addProperty("lease", lease.value()));
        json.addProperty("builds", view.record().builds());
        json.addProperty("failures", view.record().failures());
        json.add("notes", texts(view.notes()));
        json.add("reasons", texts(view.reasons()));
        return json;
    }

    private static JsonObject refusal(Refusal refusal) {
        JsonObject json = new JsonObject();
        json.addProperty("at", refusal.at().toString());
        json.addProperty("machine", refusal.machine());
        json.addProperty("reason", refusal.reason().name());
        json.addProperty("detail", refusal.detail());
        return json;
    }

    private static JsonArray texts(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}

package io.jenkins.plugins.builderfarm.stage0;

import io.jenkins.plugins.builderfarm.stage0.doctor.Doctor;
import io.jenkins.plugins.builderfarm.stage0.network.Network;
import io.jenkins.plugins.builderfarm.stage0.service.InstallRequest;
import io.jenkins.plugins.builderfarm.stage0.service.InstallService;
import io.jenkins.plugins.builderfarm.stage0.service.ServiceSystem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stage0 does besides starting a buildlet. A start loads none of it. */
final class Commands {
    static final Set<String> INSTALL_VALUED =
            Set.of("system", "name", "user", "home", "java", "jar", "key-file", "memory-max", "cpu-quota", "out");
    static final Set<String> INSTALL_SWITCHES = Set.of("write", "force");

    private static final int EXIT_FAILED = 1;

    private Commands() {}

    /**
     * Runs the command that the first argument names.
     *
     * @return the process's exit code
     * @throws UsageException if there is no such command, or its flags are wrong
     */
    static int run(List<String> arguments, PrintStream out, Log log) throws UsageException, InterruptedException {
        if (arguments.stream().anyMatch(Set.of("-h", "-help", "--help")::contains)) {
            out.print(Help.text());
            return 0;
        }
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (arguments.get(0)) {
            case "doctor" -> doctor(rest, out);
            case "install-service" -> installService(rest, out, log);
            default -> throw new UsageException("unknown command '" + arguments.get(0) + "'");
        };
    }

    /** As a start does, but nothing of it stays. */
    private static void apply(Network network, Path state) throws UsageException {
        try {
            Path trusted = state;
            if (network.caFile().isPresent()) {
                trusted = Files.createTempFile("stage0-trusted", "");
                trusted.toFile().deleteOnExit();
            }
            network.apply(trusted, Log.toStandardError());
        } catch (IOException e) {
            throw new UsageException("flag -ca-file: " + Explain.of(e), e);
        }
    }

    private static int doctor(List<String> arguments, PrintStream out) throws UsageException, InterruptedException {
        OwnFlags flags = OwnFlags.part(arguments, Set.of(), Set.of("json"));
        Options options = Options.parse(Options.flags(flags.usual()));
        apply(options.network(), options.state().trusted());
        return Doctor.examine(options, flags.own().on("json"), out);
    }

    private static int installService(List<String> arguments, PrintStream out, Log log) throws UsageException {
        OwnFlags flags = OwnFlags.part(arguments, INSTALL_VALUED, INSTALL_SWITCHES);
        // What stage0 would refuse must not become a service that ends every five seconds.
        Flags all = Options.flags(flags.usual());
        Options options = Options.parse(all);
        apply(options.network(), options.state().trusted());
        try {
            InstallService.run(request(flags.own()), options, flags.usual(), Options.files(all), out);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new UsageException("install-service: " + e.getMessage(), e);
        } catch (IOException e) {
            log.say("the service definition can't be written: " + Explain.of(e));
            return EXIT_FAILED;
        }
    }

    private static InstallRequest request(Flags own) throws UsageException {
        Optional<ServiceSystem> system = own.optional("system", ServiceSystem::parse)
                .or(() -> ServiceSystem.guess(
                        System.getProperty("os.name"),
                        Path.of("").toAbsolutePath().getRoot()));
        return new InstallRequest(
                system.orElseThrow(() -> new UsageException("what looks after this machine's services can't be told;"
                        + " flag -system names it: " + List.of(ServiceSystem.values()))),
                own.optional("name", text -> text).orElse("builder-farm"),
                own.optional("user", text -> text).orElse("builder"),
                own.optional("home", text -> text),
                own.optional("java", text -> text),
                own.optional("jar", text -> text),
                own.optional("key-file", text -> text),
                own.optional("memory-max", text -> matching(text, "\\d{1,9}[KMGT]|\\d{1,2}%", "3G or 80%")),
                own.optional("cpu-quota", text -> matching(text, "\\d{1,5}%", "150% for one and a half CPUs")),
                own.on("write"),
                own.optional("out", Path::of),
                own.on("force"));
    }

    private static String matching(String text, String form, String example) {
        if (!text.matches(form)) {
            throw new IllegalArgumentException("'" + text + "' is not of a form such as " + example);
        }
        return text;
    }
}

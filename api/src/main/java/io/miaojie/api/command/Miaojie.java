package io.miaojie.api.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code serve} (the default), {@code demo}, {@code replay}, {@code verify}. */
@Command(
        name = "miaojie",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        description = "Reward settlement engine: decided in memory, forced to disk, then answered.",
        synopsisSubcommandLabel = "[serve|demo|replay|verify]",
        subcommands = {ServeCommand.class, DemoCommand.class, ReplayCommand.class, VerifyCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
public final class Miaojie implements Runnable {
    private Miaojie() {}

    @Override
    public void run() {
        throw new IllegalStateException("serve stands in when no command is named");
    }

    /** Runs a command and exits with its code. */
    public static void main(final String[] args) {
        final Optional<String> told = SecretOptions.told(args);
        if (told.isPresent()) {
            System.err.println(told.get());
            System.exit(CommandLine.ExitCode.USAGE);
        }
        System.exit(commandLine().execute(withDefault(args)));
    }

    static CommandLine commandLine() {
        final CommandLine commandLine = new CommandLine(new Miaojie());
        commandLine.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        final EnvironmentDefaults defaults = new EnvironmentDefaults(System.getenv());
        commandLine.setDefaultValueProvider(defaults);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(command.getColorScheme().errorText("failed: " + failure.getMessage()));
            return 1;
        });
        return commandLine;
    }

    /** Puts {@code serve} before options that name no command. */
    static String[] withDefault(final String[] args) {
        final boolean named = args.length > 0 && (!args[0].startsWith("-") || isOwnOption(args[0]));
        if (named) {
            return args;
        }
        final String[] withServe = new String[args.length + 1];
        withServe[0] = "serve";
        System.arraycopy(args, 0, withServe, 1, args.length);
        return withServe;
    }

    private static boolean isOwnOption(final String arg) {
        return arg.equals("-h") || arg.equals("--help") || arg.equals("-V") || arg.equals("--version");
    }
}

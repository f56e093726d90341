package io.miaojie.api.command;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Options whose value opens something. Everybody on a machine sees the command lines of all its processes, so these are
 * taken from the environment, or from a file of arguments, {@code @file}, and never from the command line.
 */
final class SecretOptions {
    private static final Set<String> NAMES = Set.of("--admin-key", "--key");
    private static final String POSTGRES = "--postgres-uri";
    private static final String WITH_PASSWORD = "[a-z]+://[^/@:]*:[^/@]+@.*";

    private SecretOptions() {}

    /** Returns why these arguments are refused; empty: they tell no secret. */
    static Optional<String> told(final String... args) {
        final boolean isPassword = Arrays.stream(args)
                .map(arg -> arg.startsWith(POSTGRES + "=") ? arg.substring(POSTGRES.length() + 1) : arg)
                .anyMatch(arg -> arg.matches(WITH_PASSWORD));
        return Arrays.stream(args)
                .map(arg -> arg.split("=", 2)[0])
                .filter(name -> NAMES.contains(name) || isPassword && name.equals(POSTGRES))
                .findFirst()
                .map(name -> name + " on the command line is seen by everybody on this machine: give it as "
                        + EnvironmentDefaults.variable(name) + ", or in a file of arguments, @file");
    }
}
